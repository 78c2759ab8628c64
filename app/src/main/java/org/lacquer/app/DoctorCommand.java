// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.audio.FailureException;
import org.lacquer.inference.model.Prediction;
import org.lacquer.inference.model.Question;
import org.lacquer.inference.model.SettingsModel;
import org.lacquer.models.GenreTarget;
import org.lacquer.models.GenreTargets;
import org.lacquer.models.ModelManifest;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.util.Locale;

/** {@code lacquer doctor}: does everything that Lacquer is made of work on this machine? */
@Command(
        name = "doctor",
        header = "Say whether everything works on this machine.",
        description =
                "Loads everything that Lacquer needs and says what it found. Send"
                        + " its output along when you report a fault.",
        footerHeading = "%n",
        footer = "Exit codes: 0 all is well, 70 something does not work.")
final class DoctorCommand extends TerminalCommand {
    private int exitCode = ExitCode.DONE;

    DoctorCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Runtime runtime = Runtime.getRuntime();
        say("Lacquer", Version.NUMBER);
        say("Java", property("java.vm.name") + " " + Runtime.version());
        say(
                "System",
                property("os.name")
                        + " "
                        + property("os.version")
                        + ", "
                        + property("os.arch")
                        + ", "
                        + runtime.availableProcessors()
                        + " processors");
        say("Heap", runtime.maxMemory() / (1024 * 1024) + " MiB at most");
        say("Temporary files", property("java.io.tmpdir"));
        probe("FFmpeg", DoctorCommand::ffmpeg);
        probe("Model", DoctorCommand::model);
        say("Targets", GenreTargets.all().size() + " genres");
        return exitCode;
    }

    private static String ffmpeg() throws IOException {
        String version = avutil.av_version_info().getString();
        String licence = avutil.avutil_license().getString();
        return version + ", " + licence + ", unpacked in " + Loader.getCacheDir();
    }

    /** Loads the model and asks it about a mix that measures like the neutral target. */
    private static String model() throws FailureException {
        ModelManifest manifest = ModelManifest.shipped();
        GenreTarget neutral = GenreTargets.named(GenreTargets.NEUTRAL).orElseThrow();
        double[] features = new double[manifest.featureWidth()];
        double[] known = neutral.mean();
        System.arraycopy(known, 0, features, 0, Math.min(known.length, features.length));
        try (SettingsModel model = SettingsModel.shipped(String.valueOf(FeatureSet.VERSION))) {
            Prediction prediction = model.predict(Question.withoutTarget(features, manifest));
            return manifest.name()
                    + ", "
                    + prediction.settings().size()
                    + " settings, feature set "
                    + manifest.featureSetVersion()
                    + ", answers";
        }
    }

    /** Finds out something that may not work. */
    @FunctionalInterface
    private interface Check {
        String answer() throws IOException;
    }

    private void probe(String what, Check check) {
        try {
            say(what, check.answer());
        } catch (FailureException failure) {
            broken(what, Problem.of(failure).message());
        } catch (IOException | LinkageError | IllegalStateException problem) {
            broken(what, problem.getClass().getSimpleName() + ": " + problem.getMessage());
        }
    }

    private void broken(String what, String why) {
        say(what, terminal.red("does not work: ") + Problem.usage(why).message());
        exitCode = ExitCode.FAULT;
    }

    private void say(String what, String answer) {
        terminal.line(String.format(Locale.ROOT, "%-16s %s", what, answer));
    }

    private static String property(String name) {
        return String.valueOf(System.getProperty(name));
    }
}
