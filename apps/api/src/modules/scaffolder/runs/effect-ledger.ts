import { NothingMadeFailure, type EffectLedger } from '../actions/action.ts';
import type { RunEffectsRepository } from './run-effects.repository.ts';
import type { RunHold } from './run-hold.repository.ts';
import type { SecretHandles } from './secret-handles.ts';

/** Whose effects a ledger holds. */
export interface LedgerOwner {
  position: number;
  action: string;
  /** Of a repeated step: which repetition. */
  eachKey: string | undefined;
  /** Nothing that is written down holds a secret. */
  secrets: Pick<SecretHandles, 'redact' | 'redactValue'>;
}

/** The ledger of one step of a run: what it has made is found again, not made again. */
export function createEffectLedger(
  effects: Pick<RunEffectsRepository, 'declare' | 'conclude' | 'withdraw'>,
  hold: RunHold,
  { position, action, eachKey, secrets: { redact, redactValue } }: LedgerOwner,
): EffectLedger {
  return {
    async once(effect, make) {
      const key = redact(eachKey === undefined ? effect.key : `${eachKey}:${effect.key}`);
      const declared = { ...effect, key, title: redact(effect.title), details: redactValue(effect.details) };
      const record = await effects.declare(hold, { position, action }, declared);
      if (record.state === 'done') return { url: record.url, details: record.details };
      const made = await make({
        mayExist: !record.isNew,
        idempotencyKey: `${hold.taskId}:${record.id}`,
      }).catch(async (error: unknown) => {
        if (error instanceof NothingMadeFailure) await effects.withdraw(hold, record.id);
        throw error;
      });
      const shown = { url: made.url && redact(made.url), details: redactValue(made.details) };
      await effects.conclude(hold, record.id, shown);
      return shown;
    },
  };
}
