// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

/**
 * The frame of every page that Lacquer writes: one file, no network, light or dark as preferred.
 */
final class HtmlPage {
    private static final String STYLE =
            """
            :root{color-scheme:light dark;--paper:#fff;--text:#1c2733;--muted:#5b6875;\
            --line:#e3e7eb;--soft:#f5f7f9;--accent:#d1491b}
            @media (prefers-color-scheme:dark){:root{--paper:#15191e;--text:#e4e9ee;\
            --muted:#98a5b1;--line:#2a323a;--soft:#1c2228;--accent:#ff8557}}
            body{margin:0;background:var(--paper);color:var(--text);\
            font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif}
            main{max-width:60rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
            h1{font-size:1.7rem;line-height:1.25;margin:0 0 .25rem;overflow-wrap:anywhere}
            h2{font-size:1.15rem;margin:2.5rem 0 .75rem}
            p.lead{color:var(--muted);margin:0 0 2rem}
            table{border-collapse:collapse;width:100%}
            th,td{padding:.4rem .75rem .4rem 0;text-align:left;vertical-align:top;\
            border-bottom:1px solid var(--line)}
            th{font-weight:600;color:var(--muted);font-size:.85rem}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            td.after{font-weight:600;color:var(--accent)}
            small,.muted{color:var(--muted)}
            code{font:.86rem/1.5 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
            pre{background:var(--soft);padding:1rem;border-radius:.5rem;overflow-x:auto;margin:0}
            pre code{overflow-wrap:normal}
            .wide{overflow-x:auto}
            svg{width:100%;min-width:36rem;height:auto;display:block}
            .failure{color:#c62828;font-weight:600}.warning{color:#b26a00;font-weight:600}
            """;

    private HtmlPage() {}

    /** From the doctype to the opened main element. */
    static String begin(String title) {
        return begin(title, "");
    }

    /**
     * @param style more rules
     */
    static String begin(String title, String style) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                + "<title>"
                + escape(title)
                + "</title>\n<style>\n"
                + STYLE
                + style
                + "</style>\n</head>\n<body>\n<main>\n";
    }

    static String end() {
        return "</main>\n</body>\n</html>\n";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
