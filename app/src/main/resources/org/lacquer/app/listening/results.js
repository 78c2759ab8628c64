// SPDX-License-Identifier: Apache-2.0
// What came out, in words first, then in figures, then trial by trial.

/** One session, just finished: the key is opened. */
function showResults(record, again) {
  const name = `listening-${record.method}-${record.session.slice(0, 8)}`;
  show(
    el("h1", {}, "Result"),
    el("p", { class: "lead" }, `${METHODS[record.method]} – ${record.test.title}, `
      + `${record.listener}`),
    summaryOf([record]),
    el("div", { class: "bar" },
      el("button", { type: "button", class: "primary", id: "save-json",
        onclick: () => download(name + ".json", "application/json",
          JSON.stringify(record, null, 1) + "\n") }, "Save as JSON"),
      el("button", { type: "button", id: "save-csv",
        onclick: () => download(name + ".csv", "text/csv", sessionCsv(record)) }, "Save as CSV"),
      el("button", { type: "button", class: "quiet", onclick: again }, "Another test")),
    el("h2", {}, "The key, trial by trial"),
    el("div", { class: "wide" }, keyTable(record)),
    el("p", { class: "muted" }, `Seed ${record.seed}. The same seed gives the same order.`));
  announce("Result");
}

/** Several sessions together. */
function showMerged(sessions, problems, again) {
  const unique = distinct(sessions);
  const parts = [];
  for (const method of Object.keys(METHODS)) {
    const ofMethod = unique.filter((session) => session.method === method);
    if (ofMethod.length) {
      parts.push(el("h2", {}, METHODS[method]),
        el("p", { class: "muted" }, [counted(ofMethod.length, "session"),
          counted(new Set(ofMethod.map((one) => one.listener)).size, "listener"),
          counted(new Set(ofMethod.map((one) => one.test.id)).size, "song")].join(", ")),
        summaryOf(ofMethod));
    }
  }
  show(el("h1", {}, "Results together"),
    problems.map((text) => el("p", { class: "warning" }, text)),
    unique.length < sessions.length
      ? el("p", { class: "muted" }, "Files that were given twice count once.") : null,
    parts,
    el("div", { class: "bar" },
      el("button", { type: "button", class: "quiet", onclick: again }, "Back")));
  announce("Results together");
}

function counted(count, what) {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function summaryOf(sessions) {
  return { abx: abxSummary, preference: preferenceSummary, rating: ratingSummary }[
    sessions[0].method](sessions);
}

function abxSummary(sessions) {
  return el("div", { class: "summary" }, summariseAbx(sessions).map((pair) => [
    el("p", { class: "verdict" }, pair.p < 0.05
      ? `${pair.names[0]} and ${pair.names[1]} were told apart.`
      : `It was not shown that ${pair.names[0]} and ${pair.names[1]} can be told apart.`),
    el("p", {}, `${pair.correct} of ${pair.trials} right (${percent(pair.share)}), ${pText(pair.p)}, `
      + `d′ = ${pair.dPrime.toFixed(2)}. `
      + `A coin does as well or better in ${(100 * pair.p).toPrecision(2)} % of all tests.`),
    chart([{ label: "right answers", interval: pair.interval, dot: pair.share }], 0.5,
      "0 %", "100 %"),
    pair.listeners.length > 1 ? el("div", { class: "wide" }, table(
      ["listener", "right", "of", "share", "95 % interval", "p", "d′"],
      pair.listeners.map((one) => [one.listener, one.correct, one.trials, percent(one.share),
        range(one.interval), one.p.toFixed(4), one.dPrime.toFixed(2)]))) : null,
  ]));
}

function preferenceSummary(sessions) {
  const { pairs, wins } = summarisePreference(sessions);
  const clear = pairs.filter((pair) => pair.corrected < 0.05);
  return el("div", { class: "summary" },
    clear.length ? clear.map((pair) => el("p", { class: "verdict" },
      pair.share > 0.5 ? `${pair.names[0]} is preferred to ${pair.names[1]}.`
        : `${pair.names[1]} is preferred to ${pair.names[0]}.`))
      : el("p", { class: "verdict" }, "No preference was shown."),
    chart(wins.map((one) => ({ label: one.name, dot: one.share,
      note: `${one.won} of ${one.total}` })), 0.5, "never preferred", "always preferred"),
    el("p", { class: "muted" }, "Dots: share of all comparisons won; no preference counts half."),
    el("div", { class: "wide" }, table(
      ["pair", "preferred", "neither", "share of the first", "95 % interval", "p", "p (Holm)"],
      pairs.map((pair) => [pair.names.join(" : "), `${pair.first} : ${pair.second}`, pair.neither,
        percent(pair.share), range(pair.interval), pair.p.toFixed(4),
        pair.corrected.toFixed(4)]))));
}

function ratingSummary(sessions) {
  const { rows, listeners } = summariseRating(sessions);
  const excluded = listeners.filter((one) => one.excluded);
  return el("div", { class: "summary" },
    excluded.map((one) => el("p", { class: "warning" },
      `${one.listener} is left out: hidden reference below 90 in ${one.referenceLow} of `
      + `${one.trials} trials, 7 kHz anchor above 90 in ${one.anchorHigh} (ITU-R BS.1534-3).`)),
    rows.length ? [
      chart(rows.map((row) => ({ label: row.name, dot: row.median / 100,
        box: row.quartiles.map((q) => q / 100),
        interval: row.interval.map((x) => Math.max(0, Math.min(1, x / 100))),
        note: `median ${row.median}` })), null, "0 bad", "excellent 100"),
      el("div", { class: "wide" }, table(
        ["signal", "is", "ratings", "median", "quartiles", "mean", "95 % interval"],
        rows.map((row) => [row.name, row.kind, row.count, row.median.toFixed(1),
          row.quartiles.map((q) => q.toFixed(1)).join(" to "), row.mean.toFixed(1),
          row.count > 1 ? row.interval.map((x) => x.toFixed(1)).join(" to ") : "–"]))),
      el("p", { class: "muted" }, "Dot: median; box: quartiles; line: 95 % interval of the mean.")]
      : el("p", { class: "verdict" }, "No listener is left."));
}

function range(interval) {
  return Number.isFinite(interval[0]) ? `${percent(interval[0])} to ${percent(interval[1])}` : "–";
}

function table(head, rows) {
  const look = (column) =>
    rows.every((row) => typeof row[column] === "number" || /^[\d–]/.test(row[column]))
      ? { class: "n" } : {};
  return el("table", {},
    el("thead", {}, el("tr", {}, head.map((text, column) =>
      el("th", { scope: "col", ...look(column) }, text)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell, column) =>
      el("td", look(column), String(cell)))))));
}

/** Dots, boxes and intervals on a common scale from 0 to 1. The tables say the same in figures. */
function chart(rows, middle, low, high) {
  const at = (element, from, to) => {
    element.style.left = 100 * from + "%";
    if (to !== undefined) element.style.width = 100 * (to - from) + "%";
    return element;
  };
  return el("div", { class: "chart", "aria-hidden": "true" },
    rows.map((row) => el("div", { class: "line" },
      el("span", { class: "name" }, row.label),
      el("div", { class: "track" },
        middle === null ? null : at(el("i", { class: "middle" }), middle),
        row.box ? at(el("i", { class: "box" }), ...row.box) : null,
        row.interval && Number.isFinite(row.interval[0])
          ? at(el("i", { class: "interval" }), ...row.interval) : null,
        at(el("i", { class: "dot" }), row.dot)),
      el("span", { class: "note muted" }, row.note ?? ""))),
    el("div", { class: "line" }, el("span", { class: "name" }),
      el("div", { class: "ends muted" }, el("span", {}, low), el("span", {}, high)),
      el("span", { class: "note" })));
}

function keyTable(record) {
  if (record.method === "abx") {
    return table(["trial", "part", "A", "B", "X was", "answer", ""],
      record.trials.map((one) => [one.trial, one.part, one.a, one.b, one.x, one.answer,
        one.correct ? "right" : "wrong"]));
  }
  if (record.method === "preference") {
    return table(["trial", "part", "A was", "B was", "preferred"],
      record.trials.map((one) => [one.trial, one.part, one.first, one.second,
        one.preferred ?? "neither"]));
  }
  return table(["trial", "part", "number", "was", "rating"],
    record.trials.flatMap((one) => one.order.map((name, i) =>
      [one.trial, one.part, i + 1, name, one.ratings[name]])));
}
