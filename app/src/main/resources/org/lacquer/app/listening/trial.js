// SPDX-License-Identifier: Apache-2.0
// One question after the other. What is behind a letter or number is known to this script only;
// neither the page's elements nor their names tell it before the end.

const SCALE = ["Bad", "Poor", "Fair", "Good", "Excellent"];

/** The word of the five-interval scale that a rating falls into. */
function scaleWord(rating) {
  return SCALE[Math.min(4, Math.floor(rating / 20))];
}

class TrialRunner {
  /**
   * @param {{method: string, listener: string, seed: string}} settings
   * @param {object[]} trials as planned
   * @param {(answers: object[]) => void} done
   */
  constructor(library, settings, trials, done) {
    Object.assign(this, { library, settings, trials, done });
    this.answers = [];
    this.onKey = (event) => this.key(event);
  }

  async start() {
    document.addEventListener("keydown", this.onKey);
    this.transport = new Transport(this.library);
    this.transport.run();
    await this.next();
  }

  get trial() {
    return this.trials[this.answers.length];
  }

  /** Shows the next trial, or hands everything on after the last. */
  async next() {
    if (!this.trial) {
      this.transport.close();
      document.removeEventListener("keydown", this.onKey);
      this.done(this.answers);
      return;
    }
    const number = this.answers.length + 1;
    await this.transport.load(this.trial.part, this.trial.slots);
    this.committed = false;
    this.heard = new Set();
    this.answer = null;
    this.ratings = {};
    this.began = performance.now();
    this.transport.play.textContent = "Play";
    this.listen = [];
    this.confirm = el("button", { type: "button", class: "primary", disabled: true,
      onclick: () => this.commit() }, number === this.trials.length ? "Finish" : "Next");
    this.hint = el("p", { class: "muted hint" });
    const form = { abx: () => this.abx(), preference: () => this.preference(),
      rating: () => this.rating() }[this.settings.method]();
    show(
      el("div", { class: "progress" },
        el("h2", {}, `Trial ${number} of ${this.trials.length}`),
        el("span", { class: "muted" }, this.library.test.parts[this.trial.part].label)),
      el("progress", { max: this.trials.length, value: this.answers.length,
        "aria-label": "Trials done" }),
      this.transport.node, form,
      el("div", { class: "bar end" }, this.hint, this.confirm),
      this.keys());
    this.update();
    announce(`Trial ${number} of ${this.trials.length}`);
  }

  /** A button that lets one of the recordings be heard. */
  slot(index, label, key) {
    const button = el("button", { type: "button", class: "slot", "aria-pressed": "false",
      "aria-keyshortcuts": key, onclick: () => this.hear(index) }, label);
    this.listen[index] = button;
    return button;
  }

  hear(index) {
    this.library.deck.choose(index);
    this.transport.ensurePlaying();
    this.heard.add(index);
    this.listen.forEach((button, i) => button.setAttribute("aria-pressed", String(i === index)));
    this.update();
  }

  abx() {
    return el("div", { class: "ask" },
      el("div", { class: "slots", role: "group", "aria-label": "Listen to" },
        this.slot(0, "A", "a"), this.slot(1, "B", "b"), this.slot(2, "X", "x")),
      this.choices("Which one is X?", [["X is A", "1"], ["X is B", "2"]]));
  }

  preference() {
    return el("div", { class: "ask" },
      el("div", { class: "slots", role: "group", "aria-label": "Listen to" },
        this.slot(0, "A", "a"), this.slot(1, "B", "b")),
      this.choices("Which one do you prefer?",
        [["A", "1"], ["No preference", "0"], ["B", "2"]]));
  }

  choices(question, list) {
    this.options = list.map(([label, key]) => {
      const input = el("input", { type: "radio", name: "answer", value: key,
        "aria-keyshortcuts": key, onchange: () => this.choose(key) });
      return { input, key, node: el("label", { class: "option" }, input, el("span", {}, label)) };
    });
    return el("fieldset", { class: "options" }, el("legend", {}, question),
      this.options.map((option) => option.node));
  }

  choose(key) {
    const option = this.options?.find((one) => one.key === key);
    if (!option) return;
    option.input.checked = true;
    this.answer = key;
    this.update();
  }

  rating() {
    const rows = this.trial.key.order.map((name, i) => {
      const value = el("output", { class: "value" }, "–");
      const slider = el("input", { type: "range", min: 0, max: 100, step: 1, value: 50,
        class: "unrated", "aria-label": `Rating of signal ${i + 1}`,
        "aria-valuetext": "not rated" });
      const rate = () => {
        this.ratings[name] = Number(slider.value);
        slider.classList.remove("unrated");
        value.textContent = slider.value;
        slider.setAttribute("aria-valuetext",
          `${slider.value}, ${scaleWord(Number(slider.value))}`);
        this.update();
      };
      slider.addEventListener("input", rate);
      slider.addEventListener("click", rate);
      slider.addEventListener("focus", () => this.hear(i + 1));
      return el("div", { class: "rate" }, this.slot(i + 1, String(i + 1), String(i + 1)), slider,
        value);
    });
    return el("div", { class: "ask" },
      el("p", { class: "muted" },
        "How good is each signal, held against the reference? The reference itself is among them."),
      el("div", { class: "rates" },
        el("div", { class: "rate head" }, this.slot(0, "Reference", "r"),
          el("div", { class: "scale", "aria-hidden": "true" },
            SCALE.map((word) => el("span", {}, word))), el("span", {})),
        rows));
  }

  /** What is still missing, and whether it may go on. */
  update() {
    const { method } = this.settings;
    const slots = method === "abx" ? [2] : this.trial.slots.map((_, i) => i);
    const unheard = slots.filter((slot) => !this.heard.has(slot)).length;
    const unrated = method === "rating"
      ? this.trial.key.order.filter((name) => !(name in this.ratings)).length : 0;
    const unanswered = method !== "rating" && this.answer === null;
    this.confirm.disabled = unheard + unrated > 0 || unanswered;
    this.hint.textContent = unheard > 0
      ? (method === "abx" ? "Listen to X first." : `Not heard yet: ${unheard}.`)
      : unrated > 0 ? `Not rated yet: ${unrated}.` : unanswered ? "Choose an answer." : "";
  }

  commit() {
    if (this.confirm.disabled || this.committed) return;
    this.committed = true;
    const { key, part } = this.trial;
    const head = { trial: this.answers.length + 1, part: this.library.test.parts[part].label };
    const seconds = Math.round((performance.now() - this.began) / 100) / 10;
    if (this.settings.method === "abx") {
      const answer = this.answer === "1" ? key.a : key.b;
      this.answers.push({ ...head, ...key, answer, correct: answer === key.x, seconds });
    } else if (this.settings.method === "preference") {
      const preferred = { 1: key.first, 0: null, 2: key.second }[this.answer];
      this.answers.push({ ...head, ...key, preferred, seconds });
    } else {
      this.answers.push({ ...head, ...key, ratings: { ...this.ratings }, seconds });
    }
    this.next();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const inSlider = event.target.matches("input[type=range], [role=slider]");
    const number = /^[1-9]$/.test(key) ? Number(key) : 0;
    const rating = this.settings.method === "rating";
    const letters = rating ? { r: 0 } : { a: 0, b: 1, x: 2 };
    if (key === " " && !event.target.matches("button, summary, input[type=radio]")) {
      this.transport.toggle();
    } else if (key === "enter" && !event.target.matches("button, summary")) this.commit();
    else if (letters[key] < this.trial.slots.length) this.hear(letters[key]);
    else if (rating && number && number < this.trial.slots.length) {
      this.hear(number);
      this.listen[number].parentElement.querySelector("input").focus();
    } else if (!rating && this.options.some((option) => option.key === key)) this.choose(key);
    else if (key === "[") this.transport.setLoop(
      Math.min(this.library.deck.position(), this.transport.to - LEAST_LOOP_SECONDS),
      this.transport.to);
    else if (key === "]") this.transport.setLoop(this.transport.from, this.library.deck.position());
    else if (key === "l") this.transport.resetLoop();
    else if (!inSlider && (key === "arrowleft" || key === "arrowright")
      && !event.target.matches("input")) {
      this.library.deck.seek(this.library.deck.position() + (key === "arrowleft" ? -1 : 1));
    } else return;
    event.preventDefault();
  }

  keys() {
    const own = {
      abx: [["A, B, X", "listen"], ["1, 2", "X is A, X is B"]],
      preference: [["A, B", "listen"], ["1, 2, 0", "prefer A, prefer B, no preference"]],
      rating: [["R", "listen to the reference"], ["1 to 9", "listen to a signal and rate it"],
        ["arrows, page up, page down", "move the rating"]],
    }[this.settings.method];
    const list = [["Space", "play and pause"], ...own, ["Enter", "next trial"],
      ["[ and ]", "loop from here, loop to here"], ["L", "loop the whole part"],
      ["Left, right", "move by a second"]];
    return el("details", { class: "keys" }, el("summary", {}, "Keys"),
      el("dl", {}, list.map(([keys, what]) => [el("dt", {}, keys), el("dd", {}, what)])));
  }
}
