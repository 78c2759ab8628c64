// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Finding;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.audio.SourceInfo;
import org.lacquer.comparison.Comparison;
import org.lacquer.comparison.Explained;
import org.lacquer.inference.Mastered;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the command line tells things; the studio tells them in the same way. */
public interface Reports {
    /** The figures of every report. */
    Map<String, Object> figures(Analysis analysis);

    /** As {@code analyze --json} without the file. */
    Map<String, Object> analysis(SourceInfo info, Analysis figures, List<Finding> findings);

    /** Findings as every report has them. */
    List<Map<String, Object>> findings(List<Finding> findings);

    /** As {@code master --json} without files. */
    Map<String, Object> mastered(Mastered mastered, String platform);

    /** The page of {@code master --report}. */
    String page(Mastered mastered, String platform);

    /** As {@code compare --json} without paths. */
    Map<String, Object> comparison(
            Comparison comparison, Map<String, Explained> recovered, Path folder);

    /** The page of {@code compare}. */
    String page(Comparison comparison, Map<String, Explained> recovered, Path folder)
            throws IOException;

    /**
     * The words and the code of the command line for what was thrown.
     *
     * @param names what people call the files that its message names
     */
    Problem problem(Throwable thrown, Map<Path, String> names);
}
