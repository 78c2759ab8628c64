// SPDX-License-Identifier: Apache-2.0
import type { Control, Decision, Plan, PlanGroup, PlanValue, Stage, StageInfo } from '../api/types';

/** A stage that is being edited: it keeps its place and its settings while it is switched off. */
export interface DraftStage {
  readonly id: number;
  readonly settings: Stage;
  readonly bypassed: boolean;
}

/** A plan that is being edited. */
export interface Draft {
  readonly stages: readonly DraftStage[];
  readonly delivery: PlanGroup;
}

export type Path = readonly (string | number)[];

export function draftOf(plan: Plan): Draft {
  return {
    stages: plan.stages.map((settings, id) => ({ id, settings, bypassed: false })),
    delivery: plan.delivery ?? {},
  };
}

/** The plan as the engine will play it: stages that are switched off are left out. */
export function planOf(draft: Draft): Plan {
  return {
    schemaVersion: 1,
    stages: draft.stages.filter((stage) => !stage.bypassed).map((stage) => stage.settings),
    delivery: draft.delivery,
  };
}

export function valueAt(value: PlanValue | undefined, path: Path): PlanValue | undefined {
  let current: PlanValue | undefined = value;
  for (const step of path) {
    if (current === null || typeof current !== 'object') {
      return undefined;
    }
    current = Array.isArray(current)
      ? (current as readonly PlanValue[])[step as number]
      : (current as PlanGroup)[step as string];
  }
  return current;
}

/** A copy with one value exchanged; undefined takes the key away. */
export function withValue(value: PlanValue | undefined, path: Path, next: PlanValue | undefined): PlanValue {
  const [step, ...rest] = path;
  if (step === undefined) {
    return next ?? null;
  }
  if (typeof step === 'number') {
    const list = Array.isArray(value) ? [...(value as readonly PlanValue[])] : [];
    if (next === undefined && rest.length === 0) {
      list.splice(step, 1);
    } else {
      list[step] = withValue(list[step], rest, next);
    }
    return list;
  }
  const group: Record<string, PlanValue> = { ...(value as PlanGroup | undefined) };
  if (next === undefined && rest.length === 0) {
    delete group[step];
  } else {
    group[step] = withValue(group[step], rest, next);
  }
  return group;
}

export function editStage(draft: Draft, id: number, edit: (stage: DraftStage) => DraftStage): Draft {
  return { ...draft, stages: draft.stages.map((stage) => (stage.id === id ? edit(stage) : stage)) };
}

export function setValue(draft: Draft, id: number, path: Path, next: PlanValue | undefined): Draft {
  return editStage(draft, id, (stage) => ({ ...stage, settings: withValue(stage.settings, path, next) as Stage }));
}

export function setDelivery(draft: Draft, path: Path, next: PlanValue | undefined): Draft {
  return { ...draft, delivery: withValue(draft.delivery, path, next) as PlanGroup };
}

export function toggleBypass(draft: Draft, id: number): Draft {
  return editStage(draft, id, (stage) => ({ ...stage, bypassed: !stage.bypassed }));
}

export function removeStage(draft: Draft, id: number): Draft {
  return { ...draft, stages: draft.stages.filter((stage) => stage.id !== id) };
}

export function moveStage(draft: Draft, id: number, by: -1 | 1): Draft {
  const from = draft.stages.findIndex((stage) => stage.id === id);
  const to = from + by;
  const moved = draft.stages[from];
  const other = draft.stages[to];
  if (moved === undefined || other === undefined || isLast(moved) || isLast(other)) {
    return draft;
  }
  const stages = [...draft.stages];
  stages[from] = other;
  stages[to] = moved;
  return { ...draft, stages };
}

/** A limiter ends a chain. */
function isLast(stage: DraftStage): boolean {
  return stage.settings.stage === 'limiter';
}

/** Adds a stage where it usually stands: before the first one that comes later in {@code order}. */
export function addStage(draft: Draft, info: StageInfo, order: readonly string[]): Draft {
  const id = Math.max(-1, ...draft.stages.map((stage) => stage.id)) + 1;
  const rank = order.indexOf(info.name);
  const at = draft.stages.findIndex((stage) => order.indexOf(stage.settings.stage) > rank);
  const settings = { stage: info.name, ...defaultsOf(info.controls) } as Stage;
  const stages = [...draft.stages];
  stages.splice(at < 0 ? stages.length : at, 0, { id, settings, bypassed: false });
  return { ...draft, stages };
}

/** Values of controls nobody has touched; optional ones are left out. */
export function defaultsOf(controls: readonly Control[]): PlanGroup {
  const group: Record<string, PlanValue> = {};
  for (const control of controls) {
    const value = defaultOf(control);
    if (value !== undefined) {
      group[control.key] = value;
    }
  }
  return group;
}

export function defaultOf(control: Control): PlanValue | undefined {
  if (control.optional === true && control.default === undefined) {
    return undefined;
  }
  if (control.default !== undefined && control.default !== null) {
    return control.default;
  }
  switch (control.type) {
    case 'list':
      return Array.from({ length: control.minItems ?? 0 }, () => defaultsOf(control.items ?? []));
    case 'numbers':
      return [];
    case 'group':
      return defaultsOf(control.items ?? []);
    default:
      return undefined;
  }
}

/** The same setting as decisions name it: {@code parametric-eq.bands[2].gainDb}. */
export function settingName(stage: string, path: Path): string {
  return path.reduce<string>((name, step) => (typeof step === 'number' ? `${name}[${step}]` : `${name}.${step}`), stage);
}

/** The value that a decision speaks of, in a plan; undefined when the plan has no such setting. */
export function valueOfSetting(plan: Plan, setting: string): PlanValue | undefined {
  const [stage = '', ...rest] = setting.split('.');
  const path = rest.flatMap((part) => {
    const item = /^(\w+)\[(\d+)\]$/.exec(part);
    return item === null ? [part] : [item[1] ?? '', Number(item[2])];
  });
  return valueAt(stage === 'delivery' ? plan.delivery : plan.stages.find((item) => item.stage === stage), path);
}

/** Reasons of a stage by setting; and those of the stage as a whole. */
export function reasonsOf(decisions: readonly Decision[], stage: string): ReadonlyMap<string, Decision> {
  return new Map(
    decisions
      .filter((decision) => decision.setting === stage || decision.setting.startsWith(`${stage}.`))
      .map((decision) => [decision.setting, decision]),
  );
}

export function sameDraft(one: Draft, other: Draft): boolean {
  return one === other || JSON.stringify(planOf(one)) === JSON.stringify(planOf(other));
}
