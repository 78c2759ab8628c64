// SPDX-License-Identifier: Apache-2.0
// The transport that all tests share: play, volume, and a waveform of the reference (the same
// picture whoever plays) with a loop whose ends can be dragged.

const COLUMNS = 300;
const LEAST_LOOP_SECONDS = 0.5;

/** Decodes what a test needs, once. */
class Library {
  constructor(test) {
    this.test = test;
    this.decoded = new Map();
    this.context = null;
    this.deck = null;
  }

  /** Browsers allow sound only after the user did something. */
  async open() {
    if (!this.context) {
      this.context = new AudioContext({
        sampleRate: this.test.sampleRateHz, latencyHint: "interactive" });
      this.deck = new Deck(this.context);
    }
    await this.context.resume();
  }

  async buffer(part, name) {
    const id = part + " " + name;
    if (!this.decoded.has(id)) {
      const index = this.test.stimuli.findIndex((one) => one.name === name);
      const text = atob(this.test.parts[part].clips[index]);
      const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
      this.decoded.set(id, this.context.decodeAudioData(bytes.buffer));
    }
    return this.decoded.get(id);
  }
}

/** The largest magnitude of each of a number of columns, 0 to 1. */
function columnsOf(buffer) {
  const samples = buffer.getChannelData(0);
  const width = samples.length / COLUMNS;
  const columns = [];
  for (let i = 0; i < COLUMNS; i++) {
    let largest = 0;
    for (let k = Math.floor(i * width); k < Math.floor((i + 1) * width); k++) {
      largest = Math.max(largest, Math.abs(samples[k]));
    }
    columns.push(largest);
  }
  const most = Math.max(...columns, 1e-6);
  return columns.map((value) => value / most);
}

class Transport {
  /** @param {Library} library */
  constructor(library) {
    this.library = library;
    this.deck = library.deck;
    this.play = el("button", { type: "button", class: "primary play", onclick: () => this.toggle() },
      "Play");
    this.time = el("output", { class: "clock", "aria-label": "Position" }, "0:00.0");
    this.volume = el("input", { type: "range", min: -40, max: 0, step: 1, value: Transport.volumeDb,
      "aria-label": "Volume in decibels", oninput: () => this.setVolume() });
    this.start = this.handle("Loop start");
    this.end = this.handle("Loop end");
    this.path = el("path", { class: "shape" });
    this.playhead = el("div", { class: "playhead" });
    this.region = el("div", { class: "region" });
    this.wave = el("div", { class: "wave", onpointerdown: (event) => this.pressed(event) },
      el("svg", { viewBox: `0 0 ${COLUMNS} 100`, preserveAspectRatio: "none", "aria-hidden": "true" },
        this.path),
      this.region, this.playhead, this.start, this.end);
    this.node = el("section", { class: "transport", "aria-label": "Player" },
      this.wave,
      el("div", { class: "bar" }, this.play, this.time,
        el("button", { type: "button", class: "quiet", onclick: () => this.resetLoop() },
          "Whole part"),
        el("label", { class: "volume" }, el("span", {}, "Volume"), this.volume)));
    this.setVolume();
  }

  handle(label) {
    const handle = el("div", { class: "handle", role: "slider", tabindex: 0, "aria-label": label,
      "aria-orientation": "horizontal" });
    handle.addEventListener("keydown", (event) => this.nudge(event, handle));
    handle.addEventListener("pointerdown", (event) => this.drag(event, handle));
    return handle;
  }

  /** New recordings; the loop stays where it was if the part is the same. */
  async load(part, names) {
    const buffers = await Promise.all(names.map((name) => this.library.buffer(part, name)));
    const reference = await this.library.buffer(part, this.library.test.stimuli[0].name);
    const keep = this.part === part ? [this.from, this.to] : [0, buffers[0].duration];
    this.part = part;
    this.deck.load(buffers);
    this.path.setAttribute("d", columnsOf(reference).map((value, i) =>
      `M${i + 0.5} ${(50 - 48 * value).toFixed(1)}V${(50 + 48 * value).toFixed(1)}`).join(""));
    this.setLoop(...keep);
  }

  setLoop(from, to) {
    this.show(from, to);
    this.deck.setLoop(this.from, this.to);
  }

  /** Where the ends are, without moving the sound yet. */
  show(from, to) {
    const duration = this.deck.duration;
    this.from = Math.max(0, Math.min(from, duration - LEAST_LOOP_SECONDS));
    this.to = Math.min(duration, Math.max(to, this.from + LEAST_LOOP_SECONDS));
    for (const [handle, at] of [[this.start, this.from], [this.end, this.to]]) {
      handle.style.left = (100 * at) / duration + "%";
      handle.setAttribute("aria-valuemin", "0");
      handle.setAttribute("aria-valuemax", duration.toFixed(1));
      handle.setAttribute("aria-valuenow", at.toFixed(1));
      handle.setAttribute("aria-valuetext", clock(at));
    }
    this.region.style.left = (100 * this.from) / duration + "%";
    this.region.style.width = (100 * (this.to - this.from)) / duration + "%";
  }

  resetLoop() {
    this.setLoop(0, this.deck.duration);
  }

  nudge(event, handle) {
    const step = { ArrowLeft: -0.1, ArrowDown: -0.1, ArrowRight: 0.1, ArrowUp: 0.1, PageDown: -1,
      PageUp: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    if (handle === this.start) this.setLoop(Math.min(this.from + step, this.to - LEAST_LOOP_SECONDS),
      this.to);
    else this.setLoop(this.from, this.to + step);
  }

  drag(event, handle) {
    event.stopPropagation();
    handle.setPointerCapture(event.pointerId);
    const move = (moved) => {
      const at = this.secondsAt(moved.clientX);
      if (handle === this.start) this.show(Math.min(at, this.to - LEAST_LOOP_SECONDS), this.to);
      else this.show(this.from, at);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", () => {
      handle.removeEventListener("pointermove", move);
      this.setLoop(this.from, this.to);
    }, { once: true });
  }

  pressed(event) {
    this.deck.seek(this.secondsAt(event.clientX));
  }

  secondsAt(x) {
    const box = this.wave.getBoundingClientRect();
    return Math.max(0, Math.min(1, (x - box.left) / box.width)) * this.deck.duration;
  }

  setVolume() {
    Transport.volumeDb = Number(this.volume.value);
    this.volume.setAttribute("aria-valuetext", Transport.volumeDb + " dB");
    this.deck.volume.gain.setTargetAtTime(10 ** (Transport.volumeDb / 20),
      this.library.context.currentTime, 0.01);
  }

  toggle() {
    if (this.deck.playing) this.deck.stop();
    else this.deck.play();
    this.play.textContent = this.deck.playing ? "Pause" : "Play";
  }

  ensurePlaying() {
    if (!this.deck.playing) this.toggle();
  }

  /** Stops the sound and the picture. */
  close() {
    this.deck.stop();
    this.closed = true;
  }

  /** Moves the playhead as long as it is open. */
  run() {
    if (this.closed) return;
    const at = this.deck.position();
    this.playhead.style.left = (100 * at) / (this.deck.duration || 1) + "%";
    this.time.textContent = clock(at);
    requestAnimationFrame(() => this.run());
  }
}
Transport.volumeDb = -6;
