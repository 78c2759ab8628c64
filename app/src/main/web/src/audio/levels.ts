// SPDX-License-Identifier: Apache-2.0
import { RunningLoudness, kWeighting } from './loudness';

export interface Levels {
  readonly momentaryLufs: number | null;
  readonly shortTermLufs: number | null;
  /** Highest sample since the last look, dBFS, of the left and the right channel. */
  readonly peaksDbfs: readonly [number, number];
}

const SPECTRUM_POINTS = 8192;
const TIME_POINTS = 16384;

/** Taps a node for meters and a spectrum. Read once for each picture. */
export class LevelTap {
  private readonly spectrum: AnalyserNode;
  private readonly channels: readonly AnalyserNode[];
  private readonly weighted: readonly AnalyserNode[];
  private readonly samples = new Float32Array(TIME_POINTS);
  private readonly bins: Float32Array<ArrayBuffer>;
  private readonly loudness = new RunningLoudness();
  private lastRead = 0;

  constructor(private readonly context: AudioContext, node: AudioNode) {
    this.spectrum = context.createAnalyser();
    this.spectrum.fftSize = SPECTRUM_POINTS;
    this.spectrum.smoothingTimeConstant = 0.82;
    this.bins = new Float32Array(this.spectrum.frequencyBinCount);
    node.connect(this.spectrum);
    const splitter = context.createChannelSplitter(2);
    const stereo = context.createGain();
    stereo.channelCount = 2;
    stereo.channelCountMode = 'explicit';
    node.connect(stereo).connect(splitter);
    const [shelf, highPass] = kWeighting(context.sampleRate);
    const taps = [0, 1].map((channel) => {
      const raw = this.analyser();
      splitter.connect(raw, channel);
      const first = context.createIIRFilter([...shelf.feedforward], [...shelf.feedback]);
      const second = context.createIIRFilter([...highPass.feedforward], [...highPass.feedback]);
      const weighted = this.analyser();
      splitter.connect(first, channel);
      first.connect(second).connect(weighted);
      return { raw, weighted };
    });
    this.channels = taps.map((tap) => tap.raw);
    this.weighted = taps.map((tap) => tap.weighted);
  }

  read(): Levels {
    const now = this.context.currentTime;
    const seconds = Math.min(now - this.lastRead, TIME_POINTS / this.context.sampleRate);
    this.lastRead = now;
    const frames = Math.floor(seconds * this.context.sampleRate);
    if (frames > 0) {
      const power = this.weighted.reduce((sum, analyser) => sum + this.newest(analyser, frames).power, 0);
      this.loudness.push(power, seconds);
    }
    const [left = -Infinity, right = -Infinity] = this.channels.map(
      (analyser) => 20 * Math.log10(Math.max(this.newest(analyser, Math.max(frames, 64)).peak, 1e-6)),
    );
    return {
      momentaryLufs: this.loudness.over(0.4),
      shortTermLufs: this.loudness.over(3),
      peaksDbfs: [left, right],
    };
  }

  /** Levels of the bins from 0 Hz on, dB; valid until the next call. */
  readSpectrum(): Float32Array {
    this.spectrum.getFloatFrequencyData(this.bins);
    return this.bins;
  }

  get binHz(): number {
    return this.context.sampleRate / SPECTRUM_POINTS;
  }

  reset(): void {
    this.loudness.reset();
  }

  private analyser(): AnalyserNode {
    const analyser = this.context.createAnalyser();
    analyser.fftSize = TIME_POINTS;
    return analyser;
  }

  private newest(analyser: AnalyserNode, frames: number): { power: number; peak: number } {
    analyser.getFloatTimeDomainData(this.samples);
    let sum = 0;
    let peak = 0;
    for (let at = TIME_POINTS - frames; at < TIME_POINTS; at++) {
      const sample = this.samples[at] ?? 0;
      sum += sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    return { power: sum / frames, peak };
  }
}
