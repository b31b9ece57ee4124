import { NothingMadeFailure, type EffectLedger } from '../actions/action.ts';
import type { RunEffectsRepository } from './run-effects.repository.ts';
import type { RunHold } from './run-hold.repository.ts';

/** Whose effects a ledger holds. */
export interface LedgerOwner {
  position: number;
  action: string;
  /** Of a repeated step: which repetition. */
  eachKey: string | undefined;
}

/** The ledger of one step of a run: what it has made is found again, not made again. */
export function createEffectLedger(
  effects: Pick<RunEffectsRepository, 'declare' | 'conclude' | 'withdraw'>,
  hold: RunHold,
  { position, action, eachKey }: LedgerOwner,
): EffectLedger {
  return {
    async once(effect, make) {
      const key = eachKey === undefined ? effect.key : `${eachKey}:${effect.key}`;
      const record = await effects.declare(hold, { position, action }, { ...effect, key });
      if (record.state === 'done') return { url: record.url, details: record.details };
      const made = await make({ mayExist: !record.isNew }).catch(async (error: unknown) => {
        if (error instanceof NothingMadeFailure) await effects.withdraw(hold, record.id);
        throw error;
      });
      await effects.conclude(hold, record.id, made);
      return made;
    },
  };
}
