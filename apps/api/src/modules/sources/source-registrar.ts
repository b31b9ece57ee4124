import { AppError } from '../../platform/errors/app-error.ts';
import type { Caller } from '../../platform/auth/caller.ts';
import type { News } from '../../platform/news.ts';
import type { RegisteredReadsRepository } from './registered-reads.repository.ts';
import type { RegistrationService } from './registration.service.ts';

/** How long a source may take to be read, when somebody waits for it. */
const MAX_WAIT_MS = 60_000;
/** A reading that failed, or found nothing new, is not announced. */
export const LOOK_AGAIN_MS = 100;
const MAX_ENTITIES = 100;

/** What a registered file brought. */
export interface RegisteredSource {
  sourceId: string;
  /** Whether it was registered just now. */
  isNew: boolean;
  entities: { ref: string; kind: string; name: string }[];
  /** Why nothing could be read. */
  problem?: string | undefined;
}

/** Registers files for programs, which go on when the entities are there. */
export interface SourceRegistrar {
  /** Registers the file at a URL unless it is, and waits until it was read once from now on. */
  register(url: string, caller: Caller, signal: AbortSignal): Promise<RegisteredSource>;
  /** Removes what {@link register} has registered; what is gone is gone. */
  unregister(sourceId: string, caller: Caller): Promise<void>;
}

export interface SourceRegistrarOptions {
  reads: RegisteredReadsRepository;
  /** Of sources, by their ids, that were read. */
  news: Pick<News, 'of'>;
  registration: Pick<RegistrationService, 'register' | 'remove'>;
  requestRead: (sourceId: string, caller: Caller) => Promise<unknown>;
}

export function createSourceRegistrar({
  reads,
  news,
  registration,
  requestRead,
}: SourceRegistrarOptions): SourceRegistrar {
  /** How the first read ended that began after so many had begun. */
  async function problemAfterRead(sourceId: string, startedBefore: number, signal: AbortSignal) {
    const deadline = Date.now() + MAX_WAIT_MS;
    // Nothing is read in the moment since it was asked for.
    await news.of(sourceId, signal);
    for (;;) {
      signal.throwIfAborted();
      // Waiting begins before looking: what comes in between is not missed.
      const next = news.of(sourceId, signal);
      const state = await reads.stateOf(sourceId);
      if (!state) return 'The source was removed meanwhile.';
      if (state.ended > startedBefore) return state.problem;
      if (Date.now() > deadline) return 'It was not read in time; the catalog goes on trying.';
      await next;
    }
  }

  async function registerUnlessKnown(url: string, caller: Caller): Promise<string | undefined> {
    try {
      return (await registration.register(caller, { target: url, type: 'url' })).id;
    } catch (error) {
      if (error instanceof AppError && error.code === 'catalog.source-exists') return undefined;
      throw error;
    }
  }

  return {
    async register(url, caller, signal) {
      const newId = await registerUnlessKnown(url, caller);
      const sourceId = newId ?? (await reads.idOf(url));
      if (sourceId === undefined) throw new Error(`The source ${url} is registered and not there.`);
      let startedBefore = 0;
      if (newId === undefined) {
        startedBefore = (await reads.stateOf(sourceId))?.started ?? 0;
        await requestRead(sourceId, caller);
      }
      const problem = await problemAfterRead(sourceId, startedBefore, signal);
      const entities = await reads.entitiesOf(sourceId, MAX_ENTITIES);
      return { sourceId, isNew: newId !== undefined, entities, problem };
    },

    async unregister(sourceId, caller) {
      try {
        await registration.remove(caller, sourceId);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'catalog.source-not-found') throw error;
      }
    },
  };
}
