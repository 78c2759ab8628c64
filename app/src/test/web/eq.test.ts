// SPDX-License-Identifier: Apache-2.0
import { ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Stage } from '../../main/web/src/api/types';
import { stageResponseDb } from '../../main/web/src/dsp/eq';

interface Reference {
  readonly sampleRateHz: number;
  readonly stage: Stage;
  readonly points: readonly (readonly [number, number])[];
}

/** The engine designs its filters within 0.05 dB of the analogue curve; the drawing may be as far from it. */
const CLOSE_DB = 0.06;

test('what is drawn is what the engine does', () => {
  const references = JSON.parse(readFileSync(process.env['LACQUER_EQ_REFERENCE'] ?? '', 'utf8')) as readonly Reference[];
  ok(references.length >= 20);
  for (const { sampleRateHz, stage, points } of references) {
    for (const [hz, expected] of points) {
      const drawn = stageResponseDb(stage, hz, sampleRateHz, 'stereo');
      ok(Math.abs(drawn - expected) < CLOSE_DB, `${JSON.stringify(stage)} at ${hz} Hz: ${drawn} instead of ${expected} dB`);
    }
  }
});
