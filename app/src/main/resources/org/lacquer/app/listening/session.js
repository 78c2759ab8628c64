// SPDX-License-Identifier: Apache-2.0
// What is asked, in which order, and what was answered. The order comes from the seed alone.

const METHODS = {
  abx: "ABX: can they be told apart?",
  preference: "Paired preference: which is better?",
  rating: "Rating from 0 to 100, with hidden reference and anchors",
};

/**
 * ABX: in every trial a coin decides whether X is A or B. The number of trials is fixed here.
 * @param {{a: string, b: string, part: number, trials: number}} choice
 */
function planAbx(random, choice) {
  return Array.from({ length: choice.trials }, () => {
    const x = random.coin() ? choice.a : choice.b;
    return {
      part: choice.part,
      slots: [choice.a, choice.b, x],
      key: { a: choice.a, b: choice.b, x },
    };
  });
}

/**
 * Paired preference: every pair, in every part, as often as asked, in random order; who comes first
 * is a coin's choice the first time and the other way round the next.
 * @param {{names: string[], parts: number, repeats: number}} choice
 */
function planPreference(random, choice) {
  const trials = [];
  for (let part = 0; part < choice.parts; part++) {
    for (let i = 0; i < choice.names.length; i++) {
      for (let j = i + 1; j < choice.names.length; j++) {
        const turned = random.coin();
        for (let repeat = 0; repeat < choice.repeats; repeat++) {
          const swap = turned !== (repeat % 2 === 1);
          const pair = swap ? [choice.names[j], choice.names[i]]
            : [choice.names[i], choice.names[j]];
          trials.push({ part, slots: pair, key: { first: pair[0], second: pair[1] } });
        }
      }
    }
  }
  return random.shuffled(trials);
}

/**
 * Rating: in every part, as often as asked, all at once in random order, with the reference openly
 * before them (slot 0) and hidden among them.
 * @param {{names: string[], reference: string, parts: number, repeats: number}} choice
 */
function planRating(random, choice) {
  const trials = [];
  for (let repeat = 0; repeat < choice.repeats; repeat++) {
    for (let part = 0; part < choice.parts; part++) {
      const order = random.shuffled(choice.names);
      trials.push({ part, slots: [choice.reference, ...order], key: { order } });
    }
  }
  return random.shuffled(trials);
}

/** A session as it is saved: everything that is needed to compute it again. */
function sessionRecord(test, settings, answers) {
  return {
    schemaVersion: 1,
    type: "lacquer-listening-session",
    session: newSeed(),
    test: { id: test.id, title: test.title },
    method: settings.method,
    listener: settings.listener,
    seed: settings.seed,
    startedAt: settings.startedAt,
    finishedAt: new Date().toISOString(),
    plannedTrials: answers.length,
    stimuli: test.stimuli,
    parts: test.parts.map((part) => part.label),
    trials: answers,
  };
}

/** One line an answer (a rating, for ratings). */
function sessionCsv(record) {
  const rows = [["session", "test", "title", "method", "listener", "seed", "trial", "part",
    "first", "second", "x", "stimulus", "kind", "answer", "correct", "seconds"]];
  const kindOf = (name) => record.stimuli.find((one) => one.name === name)?.kind ?? "";
  for (const trial of record.trials) {
    const head = [record.session, record.test.id, record.test.title, record.method,
      record.listener, record.seed, trial.trial, trial.part];
    if (record.method === "rating") {
      for (const name of trial.order) {
        rows.push([...head, "", "", "", name, kindOf(name), trial.ratings[name], "",
          trial.seconds]);
      }
    } else if (record.method === "abx") {
      rows.push([...head, trial.a, trial.b, trial.x, "", "", trial.answer, trial.correct,
        trial.seconds]);
    } else {
      rows.push([...head, trial.first, trial.second, "", "", "", trial.preferred ?? "", "",
        trial.seconds]);
    }
  }
  return rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

/** RFC 4180; a leading sign that a spreadsheet would take for a formula is disarmed. */
function csvCell(value) {
  const text = String(value);
  const safe = typeof value === "string" && /^[=+\-@\t]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}

/** A saved session as it was read, or a sentence on what is wrong with it. */
function readSession(text) {
  let record;
  try {
    record = JSON.parse(text);
  } catch {
    return { problem: "it is not JSON" };
  }
  if (record?.type !== "lacquer-listening-session") {
    return { problem: "it is no listening session of Lacquer" };
  }
  if (record.schemaVersion !== 1) return { problem: "it is of another version" };
  if (!(record.method in METHODS) || !Array.isArray(record.trials)) {
    return { problem: "it is damaged" };
  }
  return { record };
}
