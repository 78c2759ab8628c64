// SPDX-License-Identifier: Apache-2.0
import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan, StageInfo } from '../../main/web/src/api/types';
import {
  addStage, draftOf, moveStage, planOf, reasonsOf, removeStage, sameDraft, setValue, settingName, toggleBypass, valueAt, valueOfSetting,
} from '../../main/web/src/state/draft';
import { begin, change, redo, settle, undo } from '../../main/web/src/state/history';
import { guessRoles, projectName } from '../../main/web/src/state/pending';

const PLAN: Plan = {
  schemaVersion: 1,
  stages: [
    { stage: 'gain', gainDb: 1 },
    { stage: 'parametric-eq', bands: [{ shape: 'bell', frequencyHz: 100, gainDb: 2, q: 1 }, { shape: 'bell', frequencyHz: 900, gainDb: -1, q: 1 }] },
    { stage: 'limiter', ceilingDbtp: -1 },
  ],
  delivery: { targetLufs: -14 },
};

test('a plan that was not touched stays the same', () => {
  deepEqual(planOf(draftOf(PLAN)), PLAN);
});

test('a value deep in a stage is exchanged, and nothing else', () => {
  const draft = draftOf(PLAN);
  const next = setValue(draft, 1, ['bands', 1, 'gainDb'], 3.5);
  equal(valueAt(next.stages[1]?.settings, ['bands', 1, 'gainDb']), 3.5);
  equal(valueAt(next.stages[1]?.settings, ['bands', 0, 'gainDb']), 2);
  equal(valueAt(draft.stages[1]?.settings, ['bands', 1, 'gainDb']), -1);
  ok(next.stages[0] === draft.stages[0]);
  ok(!sameDraft(draft, next));
});

test('an item of a list is taken out', () => {
  const next = setValue(draftOf(PLAN), 1, ['bands', 0], undefined);
  deepEqual(valueAt(next.stages[1]?.settings, ['bands']), [{ shape: 'bell', frequencyHz: 900, gainDb: -1, q: 1 }]);
});

test('a stage that is switched off keeps its settings and leaves the plan', () => {
  const off = toggleBypass(draftOf(PLAN), 1);
  deepEqual(planOf(off).stages.map((stage) => stage.stage), ['gain', 'limiter']);
  deepEqual(planOf(toggleBypass(off, 1)), PLAN);
});

test('the limiter stays at the end', () => {
  const draft = draftOf(PLAN);
  ok(moveStage(draft, 1, 1) === draft);
  deepEqual(moveStage(draft, 0, 1).stages.map((stage) => stage.id), [1, 0, 2]);
  ok(moveStage(draft, 0, -1) === draft);
});

test('a new stage stands where it usually does, with its defaults', () => {
  const info: StageInfo = {
    name: 'compressor', title: 'Compressor', description: '', adjustable: true,
    controls: [
      { key: 'ratio', title: 'Ratio', type: 'number', minimum: 1, maximum: 20, default: 1 },
      { key: 'keyHz', title: 'Key', type: 'number', optional: true },
    ],
  };
  const next = addStage(draftOf(PLAN), info, ['gain', 'parametric-eq', 'compressor', 'limiter']);
  deepEqual(planOf(next).stages[2], { stage: 'compressor', ratio: 1 });
  equal(new Set(next.stages.map((stage) => stage.id)).size, 4);
  deepEqual(planOf(removeStage(next, next.stages[2]?.id ?? -1)), PLAN);
});

test('settings are named as decisions name them', () => {
  equal(settingName('parametric-eq', ['bands', 2, 'gainDb']), 'parametric-eq.bands[2].gainDb');
  const reasons = reasonsOf([
    { setting: 'limiter.driveDb', value: 1, unit: 'dB', because: 'a' },
    { setting: 'limiter-like.driveDb', value: 1, unit: 'dB', because: 'b' },
  ], 'limiter');
  deepEqual([...reasons.keys()], ['limiter.driveDb']);
});

test('a decision finds its value in a plan', () => {
  equal(valueOfSetting(PLAN, 'parametric-eq.bands[1].gainDb'), -1);
  equal(valueOfSetting(PLAN, 'limiter.ceilingDbtp'), -1);
  equal(valueOfSetting(PLAN, 'delivery.targetLufs'), -14);
  equal(valueOfSetting(PLAN, 'compressor.ratio'), undefined);
});

test('a drag is one step back', () => {
  let history = begin(0);
  history = change(history, 1, 'drag');
  history = change(history, 2, 'drag');
  history = settle(history);
  history = change(history, 3, 'drag');
  equal(undo(history).present, 2);
  equal(undo(undo(history)).present, 0);
  equal(redo(undo(history)).present, 3);
  equal(redo(history), history);
  equal(undo(begin(5)).present, 5);
});

test('a change after a step back forgets what lay ahead', () => {
  const history = change(undo(change(begin('a'), 'b')), 'c');
  equal(redo(history).present, 'c');
  equal(undo(history).present, 'a');
});

test('files dropped together are told apart by their names', () => {
  deepEqual(guessRoles(['song.wav']), ['mix']);
  deepEqual(guessRoles(['drums.wav']), ['mix']);
  deepEqual(guessRoles(['bass.flac', 'drums.flac', 'harmony.flac', 'melody.flac', 'strings.flac']), ['stem', 'stem', 'stem', 'stem', 'stem']);
  deepEqual(guessRoles(['Night Drive.wav', 'Night Drive - Kick.wav', 'Night Drive - Bells 2.wav', 'Night Drive - Bass.wav']), ['mix', 'stem', 'stem', 'stem']);
  deepEqual(guessRoles(['Bass Song mix.wav', 'Bass Song master.wav']), ['mix', 'master']);
  deepEqual(guessRoles(['one.wav', 'two.wav']), ['mix', 'reference']);
  deepEqual(guessRoles(['song.wav', 'drums.wav', 'lead vocals 2.wav', 'reference.flac']), ['mix', 'stem', 'stem', 'reference']);
});

test('a project is called as its files are', () => {
  equal(projectName(['song.wav']), 'song');
  equal(projectName(['Night Drive - Kick.wav', 'Night Drive - Bass.wav', 'Night Drive - Kazoo.wav']), 'Night Drive');
  equal(projectName(['bass.flac', 'drums.flac', 'strings.flac']), 'New song');
  equal(projectName(['Song drums.wav', 'Song bass.wav', 'Song rough mix.wav']), 'Song rough mix');
});
