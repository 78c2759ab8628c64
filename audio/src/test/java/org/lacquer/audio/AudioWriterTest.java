// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

class AudioWriterTest {
    private static final OutputSpec SPEC =
            new OutputSpec(FileFormat.WAV, BitDepth.INT16, new StreamFormat(44_100, 1), Tags.NONE);

    @TempDir Path folder;

    @Test
    void nothingAppearsBeforeTheCommitAndOnlyTheFileAfterIt() throws IOException {
        Path target = folder.resolve("song.wav");
        try (var writer = AudioWriter.create(target, SPEC, false)) {
            writer.write(AudioBlock.wrap(new float[5_000]));
            assertThat(target).doesNotExist();
            assertThat(names())
                    .singleElement()
                    .asString()
                    .matches("\\.song\\.wav\\.lacquer-.*\\.tmp");
            writer.commit();
            assertThat(names()).containsExactly("song.wav");
            assertThatIllegalStateException().isThrownBy(writer::commit);
        }
        assertThat(names()).containsExactly("song.wav");
    }

    @Test
    void closingWithoutACommitLeavesNothing() throws IOException {
        Path target = folder.resolve("song.wav");
        var writer = AudioWriter.create(target, SPEC, false);
        writer.write(AudioBlock.wrap(new float[5_000]));
        writer.close();
        writer.close();
        assertThat(names()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.write(AudioBlock.wrap(new float[1])));
    }

    @Test
    void anExistingFileStaysUnlessOverwritingIsAskedFor() throws IOException {
        Path target = Files.writeString(folder.resolve("song.wav"), "precious");
        assertThat(failureOf(() -> AudioWriter.create(target, SPEC, false)))
                .isEqualTo(new Failure.OutputExists(target));
        try (var writer = AudioWriter.create(target, SPEC, true)) {
            writer.write(AudioBlock.wrap(new float[100]));
        }
        assertThat(target).hasContent("precious");
        try (var writer = AudioWriter.create(target, SPEC, true)) {
            writer.write(AudioBlock.wrap(new float[100]));
            writer.commit();
        }
        // 44 bytes of header, 36 kept for an RF64 chunk, 100 frames.
        assertThat(Files.size(target)).isEqualTo(280);
        assertThat(names()).containsExactly("song.wav");
    }

    @Test
    void aFileThatAppearsMeanwhileIsNotReplaced() throws IOException {
        Path target = folder.resolve("song.wav");
        try (var writer = AudioWriter.create(target, SPEC, false)) {
            writer.write(AudioBlock.wrap(new float[100]));
            Files.writeString(target, "somebody else's");
            assertThat(failureOf(writer::commit)).isEqualTo(new Failure.OutputExists(target));
        }
        assertThat(target).hasContent("somebody else's");
        assertThat(names()).containsExactly("song.wav");
    }

    @Test
    void placesThatCannotBeWrittenAreNamed() throws IOException {
        Path missing = folder.resolve("none").resolve("song.wav");
        assertThat(failureOf(() -> AudioWriter.create(missing, SPEC, false)))
                .isEqualTo(
                        new Failure.UnwritableOutput(
                                missing, "there is no folder " + missing.getParent()));
        assertThat(failureOf(() -> AudioWriter.create(folder, SPEC, true)))
                .isEqualTo(new Failure.UnwritableOutput(folder, "it is a folder"));
    }

    @Test
    void aFolderWithoutPermissionIsUnwritable() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assumeTrue(closed.toFile().setWritable(false) && !Files.isWritable(closed));
        Path target = closed.resolve("song.wav");
        assertThat(failureOf(() -> AudioWriter.create(target, SPEC, false)))
                .isEqualTo(new Failure.UnwritableOutput(target, "writing there is not permitted"));
    }

    @Test
    void aVeryLongNameStillGetsATemporaryFile() throws IOException {
        Path target = folder.resolve("ä".repeat(120) + ".wav");
        try (var writer = AudioWriter.create(target, SPEC, false)) {
            writer.commit();
        }
        assertThat(target).exists();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aTerminatedProcessLeavesNothing() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                UnfinishedWriter.class.getName(),
                                folder.resolve("song.flac").toString())
                        .redirectErrorStream(true)
                        .start();
        try (var output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("writing");
            assertThat(names()).hasSize(1);
            // SIGTERM; Ctrl-C takes the same way through the JVM.
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(names()).isEmpty();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Failure failureOf(ThrowingCallable call) {
        FailureException thrown = catchThrowableOfType(FailureException.class, call);
        assertThat(thrown).isNotNull();
        return thrown.failure();
    }
}
