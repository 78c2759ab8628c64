// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.app.studio.base.Limits;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.StreamFormat;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Stems of one song: checked against one another, added, and mastered as a mix is. */
@Timeout(120)
class StudioStemsTest {
    private static final Path SONG = Path.of("..", "examples", "demo-mix.flac").toAbsolutePath();
    private static final double SECONDS = 8.0;
    private static final double FULL_SCALE = 8_388_608.0;

    @TempDir private static Path folder;

    private static StudioClient client;
    private static float[][] mix;
    private static List<float[][]> parts;

    /** A project with the stems, and the mix that was made of them. */
    private static String project;

    private static List<String> stems;
    private static JsonNode made;

    @BeforeAll
    static void mixStems() throws Exception {
        mix = excerpt();
        parts = parts(mix);
        client = new StudioClient(folder.resolve("data"), Limits.DEFAULT, 2);
        project = client.newProject("Stems");
        stems = new ArrayList<>();
        List<String> names = List.of("Drums", "Bass", "Vocals", "Keys");
        for (int k = 0; k < parts.size(); k++) {
            stems.add(upload(project, names.get(k), "stem", parts.get(k)));
        }
        made = made(project, stems.stream().map(id -> "{\"file\": \"" + id + "\"}").toList());
        assertThat(made.path("state").asString()).as("%s", made).isEqualTo("ready");
    }

    @AfterAll
    static void end() throws Exception {
        client.close();
    }

    @Test
    void stemsThatAddUpGiveTheMastersBytesOfTheMix() throws Exception {
        String alone = client.newProject("Mix");
        String file = upload(alone, "Mix", "mix", mix);
        byte[] ofMix = master(alone, file);
        byte[] ofStems = master(project, made.path("id").asString());
        assertThat(ofStems).isEqualTo(ofMix);
        assertThat(ofStems.length).isGreaterThan((int) (SECONDS * 44_100 * 6));
    }

    @Test
    void aMixOfStemsIsAFileThatSaysWhatItIsMadeOf() throws Exception {
        assertThat(made.path("role").asString()).isEqualTo("mix");
        assertThat(made.path("name").asString()).isEqualTo("Stems.wav");
        assertThat(made.path("bytes").asLong()).isGreaterThan((long) (SECONDS * 44_100 * 8));
        assertThat(made.path("stems").path(2).path("file").asString()).isEqualTo(stems.get(2));
        JsonNode together = together(project, made.path("id").asString());
        assertThat(together.path("stems").path(1).path("name").asString()).isEqualTo("Bass.flac");
        assertThat(together.path("rough").isNull()).isTrue();
        assertThat(codes(together)).doesNotContain("no-mix", "stem-copy", "stem-length");
    }

    @Test
    void stemsAreComparedWithTheMixBesideThemAndWithEachOther() throws Exception {
        String other = client.newProject("Beside");
        String rough = upload(other, "Rough Mix", "mix", mix);
        String drums = upload(other, "Drums", "stem", parts.get(0));
        String twice = upload(other, "Loop", "stem", parts.get(0));
        List<String> all = new ArrayList<>(List.of(drums));
        for (int k = 1; k < parts.size(); k++) {
            all.add(upload(other, "Part " + k, "stem", parts.get(k)));
        }
        JsonNode right = together(other, made(other, asked(all)).path("id").asString());
        assertThat(right.path("rough").asString()).isEqualTo(rough);
        assertThat(right.path("sum").path("residualDb").asDouble()).isLessThan(-120.0);
        assertThat(codes(right)).doesNotContain("sum-differs");
        all.add(twice);
        JsonNode wrong = together(other, made(other, asked(all)).path("id").asString());
        assertThat(codes(wrong)).contains("stem-copy", "sum-differs");
        List<String> quiet = new ArrayList<>(asked(all));
        quiet.set(all.size() - 1, "{\"file\": \"" + twice + "\", \"muted\": true}");
        JsonNode muted = together(other, made(other, quiet).path("id").asString());
        assertThat(codes(muted)).doesNotContain("stem-copy", "sum-differs");
    }

    @Test
    void gainsAndMutesChangeTheMixAndNothingElse() throws Exception {
        List<String> asked = new ArrayList<>();
        for (int k = 0; k < stems.size(); k++) {
            asked.add(
                    "{\"file\": \""
                            + stems.get(k)
                            + "\", \"gainDb\": -6, \"muted\": "
                            + (k > 0)
                            + "}");
        }
        JsonNode quiet = made(project, asked);
        Path file = folder.resolve("quiet.wav");
        Files.write(
                file,
                client.get(
                                "/projects/"
                                        + project
                                        + "/files/"
                                        + quiet.path("id").asString()
                                        + "/audio")
                        .body());
        float[][] heard = read(file, SECONDS);
        double gain = StrictMath.pow(10.0, -6.0 / 20.0);
        for (int i = 0; i < heard[0].length; i += 7) {
            assertThat((double) heard[0][i])
                    .isCloseTo(gain * parts.getFirst()[0][i], within(1.0 / FULL_SCALE));
        }
    }

    @Test
    void aMixOfStemsCanBeTakenBack() throws Exception {
        JsonNode again = made(project, asked(stems.subList(0, 2)));
        String path = "/projects/" + project + "/files/" + again.path("id").asString();
        assertThat(client.send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(client.get(path).statusCode()).isEqualTo(404);
        assertThat(client.sent("POST", path + "/restore", "").path("stems").size()).isEqualTo(2);
    }

    @Test
    void stemsOfTwoRatesAreRefusedWithTheReason() throws Exception {
        String other = client.newProject("Rates");
        String drums = upload(other, "Drums", "stem", parts.get(0));
        byte[] wav = Files.readAllBytes(Songs.wav(folder.resolve("b.wav"), parts.get(1)));
        // The header's rate, and with it nothing else.
        wav[24] = (byte) 0x80;
        wav[25] = (byte) 0xBB;
        JsonNode bass = client.upload(other, "Bass.wav&role=stem", wav);
        JsonNode refused = made(other, asked(List.of(drums, bass.path("id").asString())));
        assertThat(refused.path("state").asString()).isEqualTo("refused");
        assertThat(refused.path("error").path("code").asString()).isEqualTo("stems-differ");
        assertThat(refused.path("error").path("detail").asString())
                .contains("Drums has 44100 Hz", "Bass has 48000 Hz");
    }

    @Test
    void whatCannotBeAddedIsRefusedAtOnce() throws Exception {
        String path = "/projects/" + project + "/mixes";
        String first = asked(stems).getFirst();
        for (String wrong :
                List.of(
                        "{}",
                        "{\"stems\": []}",
                        "{\"stems\": [" + first + ", " + first + "]}",
                        "{\"stems\": [" + first.replace("}", ", \"gainDb\": 25}]}"),
                        "{\"stems\": [" + first.replace("}", ", \"muted\": true}]}"),
                        "{\"stems\": [{\"file\": \"" + made.path("id").asString() + "\"}]}")) {
            assertThat(client.send("POST", path, wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(client.send("POST", path, "{\"stems\": [{\"file\": \"none\"}]}").statusCode())
                .isEqualTo(404);
    }

    private static List<String> asked(List<String> ids) {
        return ids.stream().map(id -> "{\"file\": \"" + id + "\"}").toList();
    }

    private static JsonNode together(String project, String file) throws Exception {
        return client.json("/projects/" + project + "/files/" + file + "/stems");
    }

    private static List<String> codes(JsonNode together) {
        List<String> codes = new ArrayList<>();
        together.path("findings").forEach(finding -> codes.add(finding.path("code").asString()));
        return codes;
    }

    private static JsonNode made(String project, List<String> stems) throws Exception {
        String list = stems.stream().collect(Collectors.joining(", ", "[", "]"));
        JsonNode file =
                client.sent("POST", "/projects/" + project + "/mixes", "{\"stems\": " + list + "}");
        assertThat(file.path("state").asString()).isEqualTo("waiting");
        client.follow(file.path("analyseJob").asString());
        return client.json("/projects/" + project + "/files/" + file.path("id").asString());
    }

    private static byte[] master(String project, String file) throws Exception {
        JsonNode job =
                client.done(
                        project,
                        "{\"type\": \"master\", \"file\": \""
                                + file
                                + "\", \"platform\": \"spotify-loud\"}");
        assertThat(job.path("state").asString()).as("%s", job).isEqualTo("done");
        return client.get(
                        "/projects/"
                                + project
                                + "/versions/"
                                + job.path("version").asString()
                                + "/audio")
                .body();
    }

    private static String upload(String project, String name, String role, float[][] samples)
            throws Exception {
        Path file = folder.resolve(project + name.replace(' ', '_') + ".flac");
        Songs.flac(file, samples);
        String query = name.replace(" ", "%20") + ".flac&role=" + role;
        JsonNode uploaded = client.upload(project, query, Files.readAllBytes(file));
        client.follow(uploaded.path("analyseJob").asString());
        return uploaded.path("id").asString();
    }

    /** The song's first seconds as 24-bit samples. */
    private static float[][] excerpt() throws IOException {
        float[][] samples = read(SONG, SECONDS);
        for (float[] channel : samples) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = (float) (Math.rint(channel[i] * FULL_SCALE) / FULL_SCALE);
            }
        }
        return samples;
    }

    /** Four bands of the mix as 24-bit samples; the last is what the others leave. */
    private static List<float[][]> parts(float[][] whole) {
        List<float[][]> parts = new ArrayList<>();
        float[][] rest = {whole[0].clone(), whole[1].clone()};
        for (double cutoffHz : List.of(120.0, 800.0, 4_000.0)) {
            double share = 1.0 - StrictMath.exp(-2.0 * StrictMath.PI * cutoffHz / Songs.RATE_HZ);
            float[][] band = new float[2][whole[0].length];
            for (int c = 0; c < 2; c++) {
                double low = 0.0;
                for (int i = 0; i < band[c].length; i++) {
                    low += share * (rest[c][i] - low);
                    band[c][i] = (float) (Math.rint(low * FULL_SCALE) / FULL_SCALE);
                    rest[c][i] -= band[c][i];
                }
            }
            parts.add(band);
        }
        parts.add(rest);
        return parts;
    }

    private static float[][] read(Path file, double seconds) throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            StreamFormat format = reader.format();
            int frames = (int) (seconds * format.sampleRateHz());
            float[][] samples = new float[format.channels()][frames];
            AudioBlock block = new AudioBlock(format.channels(), 8_192);
            int place = 0;
            while (place < frames && reader.read(block) > 0) {
                int count = Math.min(block.frames(), frames - place);
                for (int c = 0; c < samples.length; c++) {
                    System.arraycopy(block.channel(c), 0, samples[c], place, count);
                }
                place += count;
            }
            return samples;
        }
    }
}
