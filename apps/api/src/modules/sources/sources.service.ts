import type { EndpointReply, Source, SourceState } from '@waymark/contracts';
import type { listSourceConflicts, listSourceProblems, listSources } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { SourcesRepository } from './sources.repository.ts';

interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

/** What can be asked of sources. */
export interface SourcesService {
  list(
    caller: Caller,
    page: PageRequest & { parentId?: string | undefined; state?: SourceState | undefined },
  ): Promise<EndpointReply<typeof listSources>>;
  get(caller: Caller, id: string): Promise<Source>;
  problems(
    caller: Caller,
    id: string,
    page: PageRequest & { level?: string | undefined },
  ): Promise<EndpointReply<typeof listSourceProblems>>;
  conflicts(
    caller: Caller,
    id: string,
    page: PageRequest,
  ): Promise<EndpointReply<typeof listSourceConflicts>>;
  refresh(caller: Caller, id: string): Promise<Source>;
}

export function createSourcesService(sources: SourcesRepository): SourcesService {
  const found = async (id: string, source: Promise<Source | undefined>) => {
    const value = await source;
    if (value) return value;
    throw new AppError(
      'catalog.source-not-found',
      `There is no source ${id}. It may have been taken out of the configuration; see the list of sources.`,
    );
  };
  return {
    async list(_caller, page) {
      const { cursor } = page;
      if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) {
        throw new AppError(
          'catalog.bad-cursor',
          'The cursor was not made by this server. Start again without one.',
        );
      }
      return sources.list(page);
    },
    get: (_caller, id) => found(id, sources.find(id)),
    async problems(_caller, id, page) {
      await found(id, sources.find(id));
      return sources.problems(id, page);
    },
    async conflicts(_caller, id, page) {
      await found(id, sources.find(id));
      return sources.conflicts(id, page);
    },
    refresh: (caller, id) => found(id, sources.requestRead(id, caller)),
  };
}
