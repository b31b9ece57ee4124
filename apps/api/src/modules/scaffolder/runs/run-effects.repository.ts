import type { Database, Transaction } from '@waymark/db';
import type { EffectDeclaration, MadeEffect } from '../actions/action.ts';
import { effectOf, type EffectRow } from './effect-row.ts';
import { CONCLUDE_EFFECT, DECLARE_EFFECT } from './run-changes.sql.ts';
import { changeWhileHeld, whileHeld, type RunHold } from './run-hold.repository.ts';
import type { EffectRecord } from './run-record.ts';
import { EFFECTS_OF_RUN } from './runs.sql.ts';

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

interface DeclaredRow extends EffectRow {
  is_new: boolean;
}

export function createRunEffectsRepository(database: Database): RunEffectsRepository {
  const { pool } = database;
  const held = <Result>(hold: RunHold, work: (transaction: Transaction) => Promise<Result>) =>
    whileHeld(database, hold, work);
  return {
    async of(runId) {
      const { rows } = await pool.query<EffectRow>(EFFECTS_OF_RUN, [runId]);
      return rows.map(effectOf);
    },

    async declare(hold, { position, action }, { key, kind, title, details }) {
      const values = [position, key, kind, action, title, JSON.stringify(details)];
      const { is_new: isNew, ...row } = await changeWhileHeld<DeclaredRow>(
        database,
        hold,
        DECLARE_EFFECT,
        values,
      );
      return { ...effectOf(row), isNew };
    },

    async conclude(hold, effectId, { url, details }) {
      await changeWhileHeld(database, hold, CONCLUDE_EFFECT, [
        ...[effectId, url ?? null, JSON.stringify(details)],
      ]);
    },

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
