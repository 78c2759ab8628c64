// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Figures;
import org.lacquer.analysis.Finding;
import org.lacquer.app.studio.work.Reports;
import org.lacquer.audio.SourceInfo;
import org.lacquer.comparison.Comparison;
import org.lacquer.comparison.Explained;
import org.lacquer.inference.Decision;
import org.lacquer.inference.Mastered;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The studio tells things as the commands do. */
final class StudioReports implements Reports {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Override
    public Map<String, Object> figures(Analysis analysis) {
        return Figure.json(analysis);
    }

    @Override
    public Map<String, Object> analysis(SourceInfo info, Analysis figures, List<Finding> findings) {
        return AnalysisJson.of(new Measured(Path.of(""), info, figures, findings), Figures.ALL);
    }

    @Override
    public List<Map<String, Object>> findings(List<Finding> findings) {
        return Findings.json(findings);
    }

    @Override
    public Map<String, Object> mastered(Mastered mastered, String platform) {
        Map<String, Object> object = map(Delivered.of(mastered, platform).json());
        Object decisions = object.get("decisions");
        if (decisions instanceof List<?> list) {
            int place = 0;
            for (Object one : list) {
                if (one instanceof Map<?, ?> map) {
                    @SuppressWarnings("unchecked")
                    Map<String, Object> decision = (Map<String, Object>) map;
                    decision.put("stage", stage(mastered.decisions().get(place)));
                }
                place++;
            }
        }
        return object;
    }

    /** The engine's name of the stage that a decision is about. */
    private static String stage(Decision decision) {
        String setting = decision.setting();
        return setting.substring(0, Math.max(0, setting.indexOf('.')));
    }

    @Override
    public String page(Mastered mastered, String platform) {
        return HtmlReport.of(Delivered.of(mastered, platform));
    }

    @Override
    public Map<String, Object> comparison(
            Comparison comparison, Map<String, Explained> recovered, Path folder) {
        Map<String, Object> object =
                new LinkedHashMap<>(map(ComparisonReport.json(comparison, recovered, folder)));
        object.remove("file");
        object.remove("report");
        if (object.get("candidates") instanceof List<?> candidates) {
            for (Object candidate : candidates) {
                if (candidate instanceof Map<?, ?> map) {
                    map.remove("file");
                }
            }
        }
        return object;
    }

    @Override
    public String page(Comparison comparison, Map<String, Explained> recovered, Path folder)
            throws IOException {
        return ComparisonPage.of(comparison, recovered, folder);
    }

    @Override
    public org.lacquer.app.studio.base.Problem problem(Throwable thrown, Map<Path, String> names) {
        Problem problem = Problem.of(thrown);
        String message = problem.message();
        for (Map.Entry<Path, String> name : names.entrySet()) {
            message = message.replace(name.getKey().toString(), name.getValue());
        }
        int status =
                switch (problem.exitCode()) {
                    case ExitCode.USAGE, ExitCode.INPUT, ExitCode.DELIVERY -> 422;
                    default -> 500;
                };
        return new org.lacquer.app.studio.base.Problem(status, problem.code(), message);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(String json) {
        return MAPPER.readValue(json, LinkedHashMap.class);
    }
}
