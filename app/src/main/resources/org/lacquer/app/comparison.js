// SPDX-License-Identifier: Apache-2.0
// Plays one of several recordings that lie in step; switching fades over a few milliseconds.
"use strict";
(() => {
  const FADE_SECONDS = 0.008;
  const STEP_SECONDS = 5;
  const choices = [...document.querySelectorAll(".choice")];
  const play = document.getElementById("play");
  const seek = document.getElementById("seek");
  const clock = document.getElementById("clock");
  const trouble = document.getElementById("trouble");
  let context = null;
  let buffers = [];
  let sources = [];
  let gains = [];
  let chosen = 0;
  let playing = false;
  let offset = 0;
  let startedAt = 0;

  const duration = () => Math.min(...buffers.map((buffer) => buffer.duration));
  const position = () =>
    playing ? (offset + context.currentTime - startedAt) % duration() : offset;

  function bytes(base64) {
    const text = atob(base64);
    const out = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
    return out.buffer;
  }

  async function load() {
    if (context) return true;
    try {
      context = new AudioContext();
      buffers = await Promise.all(
        choices.map((choice) => context.decodeAudioData(bytes(choice.dataset.audio))));
      return true;
    } catch (problem) {
      context = null;
      trouble.textContent = "This browser cannot decode the players; open the whole files instead.";
      trouble.hidden = false;
      return false;
    }
  }

  function start(at) {
    offset = at;
    startedAt = context.currentTime + 0.02;
    gains = buffers.map((buffer, i) => {
      const gain = new GainNode(context, { gain: i === chosen ? 1 : 0 });
      gain.connect(context.destination);
      const source = new AudioBufferSourceNode(context, {
        buffer, loop: true, loopEnd: duration() });
      source.connect(gain);
      source.start(startedAt, at);
      sources[i] = source;
      return gain;
    });
    playing = true;
    play.textContent = "Pause";
  }

  function stop() {
    offset = position();
    sources.forEach((source) => source.stop());
    gains.forEach((gain) => gain.disconnect());
    sources = [];
    playing = false;
    play.textContent = "Play";
  }

  async function toggle() {
    if (!(await load())) return;
    await context.resume();
    if (playing) stop();
    else start(offset);
  }

  function choose(index) {
    if (index < 0 || index >= choices.length) return;
    chosen = index;
    choices.forEach((choice, i) => choice.setAttribute("aria-checked", String(i === index)));
    if (!playing) return;
    const now = context.currentTime;
    gains.forEach((gain, i) => {
      gain.gain.cancelScheduledValues(now);
      gain.gain.setValueAtTime(gain.gain.value, now);
      gain.gain.linearRampToValueAtTime(i === index ? 1 : 0, now + FADE_SECONDS);
    });
  }

  function move(to) {
    if (!buffers.length) return;
    const at = ((to % duration()) + duration()) % duration();
    if (playing) {
      stop();
      start(at);
    } else {
      offset = at;
    }
  }

  function draw() {
    if (buffers.length) {
      const at = position();
      if (document.activeElement !== seek || playing) seek.value = String((1000 * at) / duration());
      clock.textContent =
        Math.floor(at / 60) + ":" + String(Math.floor(at % 60)).padStart(2, "0");
    }
    requestAnimationFrame(draw);
  }

  play.addEventListener("click", toggle);
  choices.forEach((choice, i) => choice.addEventListener("click", () => choose(i)));
  seek.addEventListener("input", () =>
    load().then((ready) => ready && move((Number(seek.value) / 1000) * duration())));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.tagName !== "BUTTON") {
      event.preventDefault();
      toggle();
    } else if (/^[1-9]$/.test(event.key)) {
      choose(Number(event.key) - 1);
    } else if (event.key === "ArrowLeft" && event.target !== seek) {
      move(position() - STEP_SECONDS);
    } else if (event.key === "ArrowRight" && event.target !== seek) {
      move(position() + STEP_SECONDS);
    }
  });
  window.lacquerPlayer = { position, isPlaying: () => playing, choice: () => chosen };
  draw();
})();
