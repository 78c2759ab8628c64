// SPDX-License-Identifier: Apache-2.0
import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { RunningLoudness, kWeighting } from '../../main/web/src/audio/loudness';
import { peakBetween, readPeaks } from '../../main/web/src/audio/peaks';
import { placeAt, regionOf } from '../../main/web/src/audio/timeline';
import { logScale, significant } from '../../main/web/src/dsp/scale';
import { ago, bytes, clock, number, signed } from '../../main/web/src/ui/text';

test('playback wraps at the end of a loop, also many times', () => {
  const timeline = { startedAt: 10, offsetSeconds: 3, loop: { startSeconds: 2, endSeconds: 5 } };
  equal(placeAt(timeline, 9), 3);
  equal(placeAt(timeline, 11.5), 4.5);
  equal(placeAt(timeline, 12), 2);
  equal(placeAt(timeline, 18.5), 2.5);
  equal(placeAt({ ...timeline, loop: null }, 18.5), 11.5);
  // Begun behind the loop: it plays on.
  equal(placeAt({ ...timeline, offsetSeconds: 6 }, 11), 7);
});

test('a region is inside the song and long enough', () => {
  deepEqual(regionOf(8, 2, 5), { startSeconds: 2, endSeconds: 5 });
  equal(regionOf(1, 1.1, 5), null);
});

test('a waveform is read as the server writes it', () => {
  const data = new DataView(new ArrayBuffer(24 + 2 * 2 * 4));
  [...'LPK1'].forEach((letter, at) => data.setUint8(at, letter.charCodeAt(0)));
  [2, 44100, 128, 2, 200].forEach((value, k) => data.setUint32(4 + 4 * k, value, true));
  [-100, 200, -300, 50, -32767, 0, 0, 32767].forEach((value, k) => data.setInt16(24 + 2 * k, value, true));
  const peaks = readPeaks(data.buffer);
  equal(peaks.frames, 200);
  ok(Math.abs((peaks.low[0] ?? 0) + 300 / 32767) < 1e-6);
  ok(Math.abs((peaks.high[0] ?? 0) - 200 / 32767) < 1e-6);
  deepEqual(peakBetween(peaks, 0, 1), [-1, 1]);
  throws(() => readPeaks(new ArrayBuffer(24)));
});

/** BS.1770-5, table 1 and 2: coefficients at 48 kHz. */
test('K-weighting at 48 kHz is the one of the standard', () => {
  const [shelf, highPass] = kWeighting(48000);
  const close = (values: readonly number[], expected: readonly number[]) =>
    values.forEach((value, k) => ok(Math.abs(value - (expected[k] ?? NaN)) < 1e-8, `${value} ${expected[k]}`));
  close(shelf.feedforward, [1.53512485958697, -2.69169618940638, 1.19839281085285]);
  close(shelf.feedback, [1, -1.69065929318241, 0.73248077421585]);
  close(highPass.feedforward, [1, -2, 1]);
  close(highPass.feedback, [1, -1.99004745483398, 0.99007225036621]);
});

test('running loudness forgets what is older than its window', () => {
  const loudness = new RunningLoudness();
  equal(loudness.over(0.4), null);
  loudness.push(1, 1);
  loudness.push(0.01, 0.4);
  ok(Math.abs((loudness.over(0.4) ?? 0) - (-0.691 - 20)) < 1e-9);
  ok(Math.abs((loudness.over(3) ?? 0) - (-0.691 + 10 * Math.log10((1 + 0.004) / 1.4))) < 1e-9);
});

test('scales go there and back', () => {
  const scale = logScale(20, 20000, 0, 300);
  equal(scale.place(20), 0);
  ok(Math.abs(scale.place(200) - 100) < 1e-9);
  ok(Math.abs(scale.value(scale.place(1234)) - 1234) < 1e-6);
  equal(significant(1234, 3), 1230);
});

test('numbers read as people write them', () => {
  equal(number(-3.04), '\u22123.0');
  equal(number(-0.01), '0.0');
  equal(number(null), '\u2013');
  equal(signed(2), '+2.0');
  equal(signed(0.01), '0.0');
  equal(clock(65), '1:05');
  equal(clock(59.96, 1), '0:59.9');
  equal(bytes(1_500_000), '1.5\u00a0MB');
  equal(ago('2026-01-01T00:00:00Z', Date.parse('2026-01-01T02:30:00Z')), '2 hours ago');
});
