// SPDX-License-Identifier: Apache-2.0
// What sessions say, one or several together. A session that is given twice counts once.

/** Limits of ITU-R BS.1534-3 for leaving a listener out afterwards. */
const SCREENING = { rating: 90, share: 0.15 };

function distinct(sessions) {
  return [...new Map(sessions.map((one) => [one.session, one])).values()];
}

/** ABX by pair: right answers of all listeners together, and of each. */
function summariseAbx(sessions) {
  const pairs = new Map();
  for (const session of sessions) {
    for (const trial of session.trials) {
      const names = [trial.a, trial.b].sort();
      const id = JSON.stringify(names);
      if (!pairs.has(id)) pairs.set(id, { names, correct: 0, trials: 0, listeners: new Map() });
      const pair = pairs.get(id);
      const one = pair.listeners.get(session.session)
        ?? { listener: session.listener, correct: 0, trials: 0 };
      pair.listeners.set(session.session, one);
      for (const sum of [pair, one]) {
        sum.trials++;
        if (trial.answer === trial.x) sum.correct++;
      }
    }
  }
  return [...pairs.values()].map((pair) => ({
    ...abxFigures(pair),
    names: pair.names,
    listeners: [...pair.listeners.values()].map((one) =>
      ({ listener: one.listener, ...abxFigures(one) })),
  }));
}

function abxFigures({ correct, trials }) {
  return {
    correct,
    trials,
    share: correct / trials,
    interval: shareInterval(correct, trials),
    p: guessingP(correct, trials),
    dPrime: sensitivity(correct, trials),
  };
}

/** Preference by pair, and how often each was preferred at all. */
function summarisePreference(sessions) {
  const pairs = new Map();
  const wins = new Map();
  const win = (name, count, total) => {
    const sum = wins.get(name) ?? { name, won: 0, undecided: 0, total: 0 };
    sum.won += count;
    sum.total += total;
    if (total && count === 0.5) sum.undecided++;
    wins.set(name, sum);
  };
  for (const trial of sessions.flatMap((session) => session.trials)) {
    const names = [trial.first, trial.second].sort();
    const id = JSON.stringify(names);
    if (!pairs.has(id)) pairs.set(id, { names, first: 0, second: 0, neither: 0 });
    const pair = pairs.get(id);
    if (trial.preferred === names[0]) pair.first++;
    else if (trial.preferred === names[1]) pair.second++;
    else pair.neither++;
    for (const name of names) {
      win(name, trial.preferred === null ? 0.5 : trial.preferred === name ? 1 : 0, 1);
    }
  }
  const sorted = [...pairs.values()].sort((x, y) => (x.names < y.names ? -1 : 1));
  const list = sorted.map((pair) => {
    const decided = pair.first + pair.second;
    return {
      ...pair,
      decided,
      share: decided ? pair.first / decided : NaN,
      interval: shareInterval(pair.first, decided),
      p: twoSidedP(pair.first, decided),
    };
  });
  holm(list.map((pair) => pair.p)).forEach((p, i) => (list[i].corrected = p));
  return {
    pairs: list,
    wins: [...wins.values()].map((one) => ({ ...one, share: one.won / one.total }))
      .sort((x, y) => y.share - x.share || (x.name < y.name ? -1 : 1)),
  };
}

/**
 * Ratings by stimulus. A listener is left out who rates the hidden reference below 90 in more than
 * 15 % of all trials, or the 7 kHz anchor above 90 in more than 15 % (ITU-R BS.1534-3).
 */
function summariseRating(sessions) {
  const kinds = new Map(sessions.flatMap((session) => session.stimuli)
    .map((one) => [one.name, one.kind]));
  const listeners = screen(sessions);
  const kept = new Set(listeners.filter((one) => !one.excluded).map((one) => one.listener));
  const ratings = new Map();
  for (const session of sessions.filter((one) => kept.has(one.listener))) {
    for (const trial of session.trials) {
      for (const [name, rating] of Object.entries(trial.ratings)) {
        ratings.set(name, [...(ratings.get(name) ?? []), rating]);
      }
    }
  }
  const rows = [...ratings].map(([name, values]) =>
    ({ name, kind: kinds.get(name), values, ...spread(values) }));
  rows.sort((x, y) => y.median - x.median || y.mean - x.mean || (x.name < y.name ? -1 : 1));
  return { rows, listeners };
}

/** Sessions under one name are one listener's. */
function screen(sessions) {
  const byListener = new Map();
  for (const session of sessions) {
    const kindOf = new Map(session.stimuli.map((one) => [one.name, one.kind]));
    const sum = byListener.get(session.listener)
      ?? { listener: session.listener, trials: 0, referenceLow: 0, anchorHigh: 0 };
    byListener.set(session.listener, sum);
    for (const trial of session.trials) {
      sum.trials++;
      for (const [name, rating] of Object.entries(trial.ratings)) {
        const kind = kindOf.get(name);
        if (kind === "reference" && rating < SCREENING.rating) sum.referenceLow++;
        if (kind === "mid-anchor" && rating > SCREENING.rating) sum.anchorHigh++;
      }
    }
  }
  return [...byListener.values()].map((one) => ({
    ...one,
    excluded: one.referenceLow > SCREENING.share * one.trials
      || one.anchorHigh > SCREENING.share * one.trials,
  }));
}
