// SPDX-License-Identifier: Apache-2.0
// The first view: what shall be tested, by whom, how often; and results of several listeners.

const ABX_TRIALS = [10, 16, 20, 25, 30, 40, 50];

class Setup {
  /** @param {Library} library */
  constructor(library) {
    this.library = library;
    this.test = library.test;
    this.candidates = this.test.stimuli.filter((one) => one.kind === "candidate")
      .map((one) => one.name);
    this.reference = this.test.stimuli[0].name;
    this.anchors = this.test.stimuli.filter((one) => one.kind.endsWith("anchor"))
      .map((one) => one.name);
    this.method = this.candidates.length > 1 ? "preference" : "abx";
  }

  show() {
    this.options = el("div", { class: "settings" });
    this.count = el("p", { class: "count", "aria-live": "polite" });
    this.trouble = el("p", { class: "warning", role: "alert" });
    this.listener = el("input", { type: "text", autocomplete: "off", maxlength: 60,
      placeholder: "name or code", value: Setup.listener });
    this.seed = el("input", { type: "text", value: newSeed(), spellcheck: "false",
      autocomplete: "off", class: "seed" });
    show(
      el("h1", {}, "Blind listening"),
      el("p", { class: "lead" }, `${this.test.title}: ${this.test.stimuli.length - 2} versions at `
        + "equal loudness, in step to the sample. Which is which is told at the end."),
      el("form", { onsubmit: (event) => { event.preventDefault(); this.begin(); } },
        this.methods(), this.options,
        el("div", { class: "settings" },
          el("label", { class: "field" }, el("span", {}, "Listener"), this.listener)),
        el("details", {}, el("summary", {}, "Order"),
          el("label", { class: "field" }, el("span", {}, "Seed, 32 hexadecimal digits"), this.seed),
          el("p", { class: "muted" }, "From this machine's cryptographic randomness. It is saved "
            + "with the results; the same seed gives the same order.")),
        el("p", { class: "muted" }, "Use headphones in a quiet room. Set the volume once and leave "
          + "it; there is a control beside the player."),
        this.trouble,
        el("div", { class: "bar" },
          el("button", { type: "submit", class: "primary", id: "begin" }, "Begin"), this.count)),
      el("h2", {}, "Results of several listeners"),
      this.dropZone());
    this.refresh();
  }

  methods() {
    const words = {
      preference: "Two at a time: which is better? The question that matters for masters.",
      abx: "Is there a difference that can be heard at all? A fixed number of trials, exact p-value.",
      rating: "All at once on the scale of MUSHRA (ITU-R BS.1534-3): how near to the mix? With "
        + "hidden reference and low-pass anchors.",
    };
    return el("fieldset", { class: "methods" }, el("legend", {}, "Test"),
      Object.keys(words).map((method) => el("label", { class: "card" },
        el("input", { type: "radio", name: "method", value: method,
          checked: method === this.method,
          onchange: () => { this.method = method; this.refresh(); } }),
        el("span", {}, el("strong", {}, METHODS[method].split(":")[0].split(" from")[0]),
          el("small", {}, words[method])))));
  }

  refresh() {
    const update = () => this.tell();
    const select = (id, label, list, chosen) => {
      this[id] = el("select", { id, onchange: update },
        list.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
      return el("label", { class: "field" }, el("span", {}, label), this[id]);
    };
    const names = [...this.candidates, this.reference];
    const pick = (list) => el("fieldset", { class: "checks" }, el("legend", {}, "Versions"),
      this.checks = list.map((name) => el("label", {},
        el("input", { type: "checkbox", value: name, checked: true, onchange: update }), name)));
    const repeats = (from) => select("repeats", "Times each",
      [1, 2, 3, 4, 6, 8].map((n) => [n, String(n)]), from);
    const shown = {
      abx: () => [
        select("first", "A", names.map((name) => [name, name]), names[0]),
        select("second", "B", names.map((name) => [name, name]), names[1]),
        select("part", "Part", this.test.parts.map((part, i) => [i, part.label]), 0),
        select("trials", "Trials, fixed in advance",
          ABX_TRIALS.map((n) => [n, `${n} (${fewestCorrect(n)} right for p < 0.05)`]), 16)],
      preference: () => [pick(names), repeats(1)],
      rating: () => [pick(this.candidates), repeats(1)],
    }[this.method]();
    this.options.replaceChildren(...shown);
    this.tell();
  }

  picked() {
    return this.checks.map((label) => label.querySelector("input"))
      .filter((input) => input.checked).map((input) => input.value);
  }

  /** What the settings come to; null, and why, when they make no test. */
  plan(random) {
    if (this.method === "abx") {
      if (this.first.value === this.second.value) return "A and B must differ.";
      return planAbx(random, { a: this.first.value, b: this.second.value,
        part: Number(this.part.value), trials: Number(this.trials.value) });
    }
    const names = this.picked();
    const repeats = Number(this.repeats.value);
    const parts = this.test.parts.length;
    if (this.method === "preference") {
      if (names.length < 2) return "Choose at least two versions.";
      return planPreference(random, { names, parts, repeats });
    }
    if (names.length < 1) return "Choose at least one version.";
    if (names.length > 9) return "Choose at most nine versions.";
    return planRating(random, { names: [...names, this.reference, ...this.anchors],
      reference: this.reference, parts, repeats });
  }

  tell() {
    const plan = this.plan(new Random(newSeed()));
    this.count.textContent = typeof plan === "string" ? plan : plan.length === 1 ? "1 trial" : `${plan.length} trials`;
    this.trouble.textContent = "";
  }

  async begin() {
    const seed = seedOf(this.seed.value);
    const plan = seed ? this.plan(new Random(seed))
      : "The seed must be 32 hexadecimal digits, not all zero.";
    if (typeof plan === "string") {
      this.trouble.textContent = plan;
      return;
    }
    Setup.listener = this.listener.value.trim();
    const settings = { method: this.method, seed, startedAt: new Date().toISOString(),
      listener: Setup.listener || "listener " + newSeed().slice(0, 4) };
    try {
      await this.library.open();
      await new TrialRunner(this.library, settings, plan, (answers) => {
        window.onbeforeunload = null;
        showResults(sessionRecord(this.test, settings, answers), () => this.show());
      }).start();
      window.onbeforeunload = (event) => event.preventDefault();
    } catch (problem) {
      this.trouble.textContent = "This browser cannot play the recordings: " + problem.message;
      document.getElementById("stage").contains(this.trouble) || this.show();
    }
  }

  dropZone() {
    const input = el("input", { type: "file", multiple: true, accept: ".json,application/json",
      id: "merge", onchange: () => this.merge(input.files) });
    return el("label", { class: "drop",
      ondragover: (event) => event.preventDefault(),
      ondrop: (event) => { event.preventDefault(); this.merge(event.dataTransfer.files); } },
      el("span", {}, "Drop saved JSON files here, or choose them."), input);
  }

  async merge(files) {
    const sessions = [];
    const problems = [];
    for (const file of files) {
      const { record, problem } = readSession(await file.text());
      if (record) sessions.push(record);
      else problems.push(`${file.name} is left out: ${problem}.`);
    }
    showMerged(sessions, problems, () => this.show());
  }
}
Setup.listener = "";
