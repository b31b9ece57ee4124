import type { Database, Transaction } from '@waymark/db';
import type { EffectDeclaration, MadeEffect } from '../actions/action.ts';
import { effectOf, type EffectRow } from './effect-row.ts';
import { whileHeld, type RunHold } from './run-hold.repository.ts';
import type { EffectRecord } from './run-record.ts';
import { EFFECT_BY_KEY, EFFECTS_OF_RUN } from './runs.sql.ts';

/** What runs made outside these tables, as their workers write it down. */
export interface RunEffectsRepository {
  /** In the order in which they were begun. */
  of(runId: string): Promise<EffectRecord[]>;
  /** Writes an effect down before it is made; the existing record when it was. */
  declare(
    hold: RunHold,
    step: { position: number; action: string },
    effect: EffectDeclaration,
  ): Promise<EffectRecord & { isNew: boolean }>;
  conclude(hold: RunHold, effectId: string, made: MadeEffect): Promise<void>;
  /** Forgets an effect of which nothing was made. */
  withdraw(hold: RunHold, effectId: string): Promise<void>;
  /** `problem`: why it could not be taken back. */
  markUndone(hold: RunHold, effectId: string, problem: string | undefined): Promise<void>;
}

export function createRunEffectsRepository(database: Database): RunEffectsRepository {
  const held = <Result>(hold: RunHold, work: (transaction: Transaction) => Promise<Result>) =>
    whileHeld(database, hold, work);
  return {
    async of(runId) {
      const { rows } = await database.pool.query<EffectRow>(EFFECTS_OF_RUN, [runId]);
      return rows.map(effectOf);
    },

    declare: (hold, { position, action }, effect) =>
      held(hold, async (transaction) => {
        const { rowCount } = await transaction.query(
          `INSERT INTO scaffolder_effect (run_id, position, key, kind, action, title, details)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
          [hold.id, position, effect.key, effect.kind, action, effect.title, JSON.stringify(effect.details)],
        );
        // What was undone is made anew.
        const revived = await transaction.query(
          `UPDATE scaffolder_effect SET state = 'intended', url = NULL, problem = NULL, changed_at = now()
            WHERE run_id = $1 AND position = $2 AND key = $3 AND state = 'undone'`,
          [hold.id, position, effect.key],
        );
        const { rows } = await transaction.query<EffectRow>(EFFECT_BY_KEY, [hold.id, position, effect.key]);
        const [row] = rows;
        if (!row) throw new Error(`The effect ${effect.key} was not stored.`);
        return { ...effectOf(row), isNew: rowCount === 1 || revived.rowCount === 1 };
      }),

    conclude: (hold, effectId, { url, details }) =>
      held(hold, async (transaction) => {
        await transaction.query(
          `UPDATE scaffolder_effect SET state = 'done', url = $3, details = details || $4, changed_at = now()
            WHERE id = $2 AND run_id = $1`,
          [hold.id, effectId, url ?? null, JSON.stringify(details)],
        );
      }),

    withdraw: (hold, effectId) =>
      held(hold, async (transaction) => {
        await transaction.query(
          `DELETE FROM scaffolder_effect WHERE id = $2 AND run_id = $1 AND state = 'intended'`,
          [hold.id, effectId],
        );
      }),

    markUndone: (hold, effectId, problem) =>
      held(hold, async (transaction) => {
        await transaction.query(
          `UPDATE scaffolder_effect SET state = $3, problem = $4, changed_at = now() WHERE id = $2 AND run_id = $1`,
          [hold.id, effectId, problem === undefined ? 'undone' : 'undo-failed', problem ?? null],
        );
      }),
  };
}
