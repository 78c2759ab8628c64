// SPDX-License-Identifier: Apache-2.0

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks or fixes the format of every Java file: {@code java Format.java check|fix ROOT}. */
public final class Format {
    public static void main(String[] arguments) throws Exception {
        boolean fix = arguments[0].equals("fix");
        Path root = Path.of(arguments[1]);
        var options = JavaFormatterOptions.builder().style(Style.AOSP).build();
        var formatter = new Formatter(options);
        List<Path> wrong = new ArrayList<>();
        for (Path file : javaFiles(root)) {
            String text = Files.readString(file);
            String formatted = text;
            // Breaking a comment can make room for another break: repeat until nothing moves.
            for (int pass = 0; pass < 4; pass++) {
                formatted = formatter.formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(formatted));
            }
            if (!formatted.equals(text)) {
                wrong.add(root.relativize(file));
                if (fix) {
                    Files.writeString(file, formatted);
                }
            }
        }
        if (!wrong.isEmpty() && !fix) {
            wrong.forEach(file -> System.err.println("not formatted: " + file));
            System.err.println("run: mvn -N process-sources -Pformat");
            System.exit(1);
        }
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().matches("(^|.*/)(target|\\.[^/]+)/.*"))
                    .filter(file -> !file.endsWith(Path.of("config", "Format.java")))
                    .sorted()
                    .toList();
        }
    }
}
