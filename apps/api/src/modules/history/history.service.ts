import { stringifyRef } from '@waymark/catalog-model';
import type {
  EndpointReply,
  EntityChange,
  EntityWhy,
  getEntityHistory,
  getEntityVersion,
} from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { EntityName } from '../catalog/index.ts';
import { END_OF_TIME, instantOfChangeId } from './change-id.ts';
import { beginOf, precedes, removalAfter } from './entity-changes.ts';
import type { HistoryRepository, VersionRow } from './history.repository.ts';
import { explainPresence, type SimilarRefs } from './entity-why.ts';
import type { WhyRepository } from './why.repository.ts';

/** What can be asked about the past of an entity, and about the reasons of its present. */
export interface HistoryService {
  /** @throws AppError `catalog.entity-not-found` for a ref that never was there, `catalog.bad-cursor` */
  history(
    caller: Caller,
    name: EntityName,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<EndpointReply<typeof getEntityHistory>>;
  /** @throws AppError `catalog.version-not-found` */
  version(caller: Caller, name: EntityName, id: string): Promise<EndpointReply<typeof getEntityVersion>>;
  why(caller: Caller, name: EntityName): Promise<EntityWhy>;
}

export interface HistoryServiceOptions {
  history: HistoryRepository;
  why: WhyRepository;
  similarRefs: SimilarRefs;
}

/** Versions compared at once: bounds the documents that are in memory. */
const VERSIONS_PER_READ = 20;

export function createHistoryService(options: HistoryServiceOptions): HistoryService {
  const { history, why, similarRefs } = options;
  return {
    async history(_caller, name, { limit, cursor }) {
      const ref = stringifyRef(name);
      const before = cursor === undefined ? END_OF_TIME : instantOfChangeId(cursor);
      if (!before) {
        throw new AppError(
          'catalog.bad-cursor',
          'The cursor was not made by this server. Start again without one.',
        );
      }
      const items = await changesBefore(history, ref, before, limit + 1);
      if (items.length === 0 && cursor === undefined) throw neverSeen(ref);
      const page = items.slice(0, limit);
      const last = page.at(-1);
      return { items: page, ...(items.length > limit && last ? { nextCursor: last.id } : {}) };
    },

    async version(_caller, name, id) {
      const ref = stringifyRef(name);
      const instant = instantOfChangeId(id);
      const found = instant && (await history.versionAt(ref, instant));
      if (!found) {
        throw new AppError(
          'catalog.version-not-found',
          `${ref} has no version "${id}". Take an id from the history of the entity.`,
        );
      }
      const { version, previous } = found;
      if (version.validFrom.getTime() !== instant.getTime()) return describeRemoval(version);
      return {
        change: beginOf(version, previous),
        text: version.text,
        ...(precedes(previous, version) ? { previousText: previous.text } : {}),
        entity: entityOf(version),
      };
    },

    why: (_caller, name) => explainPresence(stringifyRef(name), { why, history, similarRefs }),
  };
}

/** At least as many changes before an instant as there are, up to `count`, newest first. */
async function changesBefore(
  history: HistoryRepository,
  ref: string,
  before: Date,
  count: number,
): Promise<EntityChange[]> {
  const changes: EntityChange[] = [];
  let start = before;
  while (changes.length < count) {
    // One more than is told of, to compare the last with.
    const versions = await history.versions(ref, start, VERSIONS_PER_READ + 1);
    const told = versions.slice(0, VERSIONS_PER_READ);
    told.forEach((version, position) => {
      const removal = removalAfter(version);
      if (removal && new Date(removal.at) < before) changes.push(removal);
      changes.push(beginOf(version, versions[position + 1]));
    });
    const last = told.at(-1);
    if (versions.length <= VERSIONS_PER_READ || !last) break;
    start = last.validFrom;
  }
  return changes.slice(0, count);
}

function describeRemoval(version: VersionRow): EndpointReply<typeof getEntityVersion> {
  const change = removalAfter(version);
  if (!change) throw new Error('A version that ended without a successor must have a removal.');
  return { change, previousText: version.text };
}

/** The entity with uid and etag in their places, as the contract wants it. */
function entityOf({
  entityJson,
  uid,
  validFrom,
}: VersionRow): EndpointReply<typeof getEntityVersion>['entity'] {
  // The column holds what the writer validated as an entity.
  const entity = JSON.parse(entityJson) as NonNullable<EndpointReply<typeof getEntityVersion>['entity']>;
  return {
    ...entity,
    metadata: { name: '', namespace: '', ...entity.metadata, uid, etag: validFrom.getTime().toString(36) },
  };
}

function neverSeen(ref: string): AppError {
  return new AppError(
    'catalog.entity-not-found',
    `There is no entity ${ref}, and none was recorded. Check the spelling, or ask why it is not here.`,
  );
}
