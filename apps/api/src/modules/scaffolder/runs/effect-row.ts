import type { JsonObject } from '../engine/json.ts';
import type { EffectRecord } from './run-record.ts';

/** A row of the queries for effects. */
export interface EffectRow {
  id: string;
  position: number;
  step_id: string;
  key: string;
  kind: string;
  action: string;
  title: string;
  url: string | null;
  state: EffectRecord['state'];
  details: JsonObject;
  problem: string | null;
}

export function effectOf({ step_id, url, problem, ...row }: EffectRow): EffectRecord {
  return { ...row, stepId: step_id, url: url ?? undefined, problem: problem ?? undefined };
}
