// SPDX-License-Identifier: Apache-2.0
// Several recordings that run in step, of which one is heard. Nothing that happens makes a click:
// switching fades from one to the other over 10 ms with gains that add up to 1, the loop runs over
// a seam that is faded the same way, and starting and stopping fade too.

const FADE_SECONDS = 0.01;

/**
 * The part of a buffer that a loop repeats. Its last frames fade into those that lie before its
 * first, so that the jump back is no jump.
 */
function loopBuffer(context, buffer, startFrame, endFrame) {
  const frames = endFrame - startFrame;
  const fade = Math.min(Math.round(FADE_SECONDS * buffer.sampleRate), Math.floor(frames / 2));
  const loop = new AudioBuffer({
    length: frames, numberOfChannels: buffer.numberOfChannels, sampleRate: buffer.sampleRate });
  for (let c = 0; c < buffer.numberOfChannels; c++) {
    const from = buffer.getChannelData(c);
    const to = loop.getChannelData(c);
    to.set(from.subarray(startFrame, endFrame));
    for (let i = 0; i < fade; i++) {
      const share = (i + 1) / fade;
      const before = startFrame - fade + i;
      const at = frames - fade + i;
      to[at] = (1 - share) * to[at] + share * (before < 0 ? 0 : from[before]);
    }
  }
  return loop;
}

class Deck {
  /** @param {BaseAudioContext} context plays to its destination */
  constructor(context) {
    this.context = context;
    this.volume = new GainNode(context, { gain: 1 });
    this.volume.connect(context.destination);
    this.buffers = [];
    this.loops = [];
    this.gains = [];
    this.sources = [];
    this.chosen = 0;
    this.playing = false;
    this.offset = 0;
    this.startedAt = 0;
    this.loopStart = 0;
    this.loopEnd = 0;
    /** The last fade of the choice: from whom to whom, and when. */
    this.levels = [];
  }

  /** New recordings of equal length and rate; the loop is all of them. */
  load(buffers) {
    this.stop();
    this.buffers = buffers;
    this.chosen = 0;
    this.setLoop(0, buffers[0].duration);
    this.offset = 0;
  }

  get duration() {
    return this.buffers.length ? this.buffers[0].duration : 0;
  }

  /** Repeats from start to end, in seconds; goes on playing, from the start if it was outside. */
  setLoop(start, end) {
    const at = this.position();
    const wasPlaying = this.playing;
    this.stop();
    const rate = this.buffers[0].sampleRate;
    this.loopStart = Math.round(start * rate) / rate;
    this.loopEnd = Math.round(end * rate) / rate;
    const made = new Map();
    this.loops = this.buffers.map((buffer) => {
      if (!made.has(buffer)) {
        made.set(buffer, loopBuffer(this.context, buffer,
          Math.round(start * rate), Math.round(end * rate)));
      }
      return made.get(buffer);
    });
    this.offset = at >= this.loopStart && at < this.loopEnd ? at : this.loopStart;
    if (wasPlaying) this.play();
  }

  /** Where it is heard, in seconds of the recordings. */
  position() {
    if (!this.playing) return this.offset;
    const length = this.loopEnd - this.loopStart;
    const run = this.offset - this.loopStart
      + Math.max(0, this.context.currentTime - this.startedAt);
    return this.loopStart + (run % length);
  }

  /** @param {number} [when] time of the context; soon without it */
  play(when = this.context.currentTime + 0.02) {
    if (this.playing) return;
    this.startedAt = when;
    this.master = new GainNode(this.context, { gain: 0 });
    this.master.gain.setValueAtTime(0, when);
    this.master.gain.linearRampToValueAtTime(1, when + FADE_SECONDS);
    this.master.connect(this.volume);
    this.levels = this.loops.map((_, i) => ({ from: 0, to: i === this.chosen ? 1 : 0, at: -1 }));
    this.gains = this.loops.map((loop, i) => {
      const gain = new GainNode(this.context, { gain: i === this.chosen ? 1 : 0 });
      gain.connect(this.master);
      const source = new AudioBufferSourceNode(this.context, { buffer: loop, loop: true });
      source.connect(gain);
      source.start(when, this.offset - this.loopStart);
      this.sources[i] = source;
      return gain;
    });
    this.playing = true;
  }

  stop() {
    if (!this.playing) return;
    this.offset = this.position();
    const now = this.context.currentTime;
    const passed = Math.min(1, Math.max(0, (now - this.startedAt) / FADE_SECONDS));
    this.master.gain.cancelScheduledValues(now);
    this.master.gain.setValueAtTime(passed, now);
    this.master.gain.linearRampToValueAtTime(0, now + FADE_SECONDS);
    this.sources.forEach((source) => source.stop(now + 2 * FADE_SECONDS));
    this.sources = [];
    this.playing = false;
  }

  /** Jumps there; a place outside of the loop means its start. */
  seek(seconds) {
    const wasPlaying = this.playing;
    this.stop();
    this.offset = seconds >= this.loopStart && seconds < this.loopEnd ? seconds : this.loopStart;
    if (wasPlaying) this.play();
  }

  /** Hears another of the recordings, in step. */
  choose(index, at = this.context.currentTime) {
    this.chosen = index;
    if (!this.playing) return;
    this.gains.forEach((gain, i) => {
      const level = this.levels[i];
      const value = levelAt(level, at);
      const target = i === index ? 1 : 0;
      gain.gain.cancelScheduledValues(at);
      gain.gain.setValueAtTime(value, at);
      gain.gain.linearRampToValueAtTime(target, at + FADE_SECONDS);
      this.levels[i] = { from: value, to: target, at };
    });
  }
}

/** A fading gain at a time. */
function levelAt(level, time) {
  const passed = Math.min(1, Math.max(0, (time - level.at) / FADE_SECONDS));
  return level.from + passed * (level.to - level.from);
}
