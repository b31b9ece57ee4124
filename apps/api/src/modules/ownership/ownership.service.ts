import type { EndpointReply, OwnershipCheck, OwnershipFinding } from '@waymark/contracts';
import type { getOwnershipSummary, listOwnershipFindings } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { CatalogReader, CatalogReadIndex } from '../catalog/index.ts';
import {
  conflictWords,
  orphanWords,
  ownerUnknownWords,
  ownerWithoutMembersWords,
  staleWords,
  unownedWords,
  type FindingWords,
} from './finding-words.ts';
import { findInIndex, type IndexFindings } from './ownership-checks.ts';
import type { FoundEntity, LateSource, OwnershipRepository, RefPage } from './ownership.repository.ts';

/** What can be asked about ownership. */
export interface OwnershipService {
  summary(caller: Caller): Promise<EndpointReply<typeof getOwnershipSummary>>;
  findings(
    caller: Caller,
    check: OwnershipCheck,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<EndpointReply<typeof listOwnershipFindings>>;
}

export interface OwnershipServiceOptions {
  reader: CatalogReader;
  repository: OwnershipRepository;
  freshnessTargetSeconds: number;
  now: () => Date;
}

/** A read that is planned may wait this long for its turn and for a slow host before it counts as late. */
const LATENESS_GRACE_MS = 60_000;

/** One check: how many entities fail it, which, and what to say about each. */
interface Check {
  count(): Promise<number>;
  refs(page: RefPage): Promise<string[]>;
  /** Words for the entities of one page. */
  describe(entities: readonly FoundEntity[]): Promise<(entity: FoundEntity) => FindingWords>;
}

/** Rules of ownership: which entities lack somebody who answers for them, and what to do about each. */
export function createOwnershipService(options: OwnershipServiceOptions): OwnershipService {
  const { reader, repository } = options;
  const checks = createChecks(options);

  return {
    async summary() {
      const totalEntities = reader.index().size;
      const counted = Object.entries(checks).map(async ([name, check]) => ({
        // The keys are those of the record of all checks.
        check: name as OwnershipCheck,
        count: await check.count(),
      }));
      return { totalEntities, checks: await Promise.all(counted) };
    },

    async findings(_caller, name, { limit, cursor }) {
      const check = checks[name];
      const afterRef = cursor === undefined ? '' : decodeCursor(cursor);
      const [total, refs] = await Promise.all([check.count(), check.refs({ afterRef, limit: limit + 1 })]);
      const shown = refs.slice(0, limit);
      const entities = new Map((await repository.readEntities(shown)).map((entity) => [entity.ref, entity]));
      const wordsOf = await check.describe([...entities.values()]);
      const last = shown.at(-1);
      return {
        // An entity that went since it was counted is left out.
        items: shown.flatMap((ref) => {
          const entity = entities.get(ref);
          return entity ? [toFinding(entity, wordsOf(entity))] : [];
        }),
        ...(refs.length > limit && last !== undefined ? { nextCursor: encodeCursor(last) } : {}),
        total,
      };
    },
  };
}

function createChecks({
  reader,
  repository,
  freshnessTargetSeconds,
  now,
}: OwnershipServiceOptions): Record<OwnershipCheck, Check> {
  const found = rememberFindings(reader);
  const fromIndex = (key: keyof IndexFindings, wordsOf: (entity: FoundEntity) => FindingWords): Check => ({
    count: async () => found()[key].length,
    refs: async ({ afterRef, limit }) => pageAfter(found()[key], afterRef, limit),
    describe: async () => wordsOf,
  });
  const readLate = () =>
    repository.readLateSources(new Date(now().getTime() - freshnessTargetSeconds * 1000 - LATENESS_GRACE_MS));
  const idsOf = (sources: readonly LateSource[]) => sources.map(({ id }) => id);

  return {
    unowned: fromIndex('unowned', unownedWords),
    'owner-unknown': fromIndex('owner-unknown', (entity) => {
      const index = reader.index();
      const unknown = ownerRefsOf(entity).filter((ref) => index.slotOf(ref) === undefined);
      return ownerUnknownWords(entity, unknown);
    }),
    'owner-without-members': fromIndex('owner-without-members', (entity) =>
      ownerWithoutMembersWords(entity, ownedCount(reader.index(), entity.ref)),
    ),
    orphan: {
      count: () => repository.countOrphans(),
      refs: (page) => repository.readOrphanRefs(page),
      describe: async () => orphanWords,
    },
    stale: {
      count: async () => repository.countEntitiesOf(idsOf(await readLate())),
      refs: async (page) => repository.readRefsOf(idsOf(await readLate()), page),
      async describe() {
        const late = new Map((await readLate()).map((source) => [source.id, source]));
        return (entity) => {
          const source = late.get(entity.sourceId);
          return source ? staleWords(source) : resolvedMeanwhile('Its source was read a moment ago.');
        };
      },
    },
    conflict: {
      count: () => repository.countConflicts(),
      refs: (page) => repository.readConflictRefs(page),
      async describe(entities) {
        const rivals = await repository.readRivals(entities.map(({ ref }) => ref));
        const byRef = new Map(rivals.map((rival) => [rival.ref, rival]));
        return (entity) => {
          const rival = byRef.get(entity.ref);
          return rival
            ? conflictWords(entity, rival)
            : resolvedMeanwhile('The other claim went a moment ago.');
        };
      },
    },
  };
}

/** A finding can end between two statements of one answer: then that is what there is to say. */
function resolvedMeanwhile(detail: string): FindingWords {
  return { detail, fix: 'There is nothing left to do.' };
}

/** Looks through the index once a version of the catalog: a page and its total share the work. */
function rememberFindings(reader: CatalogReader): () => IndexFindings {
  let last: { index: CatalogReadIndex; version: number; findings: IndexFindings } | undefined;
  return () => {
    const index = reader.index();
    if (last?.index !== index || last.version !== index.version) {
      last = { index, version: index.version, findings: findInIndex(index) };
    }
    return last.findings;
  };
}

/** A page of a sorted list. */
function pageAfter(sortedRefs: readonly string[], afterRef: string, limit: number): string[] {
  const start = afterRef === '' ? 0 : sortedRefs.findIndex((ref) => ref > afterRef);
  return start < 0 ? [] : sortedRefs.slice(start, start + limit);
}

function ownedCount(index: CatalogReadIndex, ownerRef: string): number {
  const slot = index.slotOf(ownerRef);
  if (slot === undefined) return 0;
  return index.relationsOf(slot).filter(({ type }) => type === 'ownerOf').length;
}

function ownerRefsOf(entity: FoundEntity): string[] {
  return targetsOf(entity, 'ownedBy ');
}

function targetsOf({ relations }: FoundEntity, prefix: string): string[] {
  return relations.filter((edge) => edge.startsWith(prefix)).map((edge) => edge.slice(edge.indexOf(' ') + 1));
}

function toFinding(entity: FoundEntity, words: FindingWords): OwnershipFinding {
  const [ownerRef] = ownerRefsOf(entity);
  const [systemRef] = targetsOf(entity, 'partOf system:');
  const [domainRef] = targetsOf(entity, 'partOf domain:');
  return {
    entity: {
      ref: entity.ref,
      kind: entity.kind,
      namespace: entity.namespace,
      name: entity.name,
      isMissing: false,
      ...(entity.title === undefined ? {} : { title: entity.title }),
      ...(entity.type === undefined ? {} : { type: entity.type }),
      ...(entity.lifecycle === undefined ? {} : { lifecycle: entity.lifecycle }),
      ...(ownerRef === undefined ? {} : { ownerRef }),
      ...(systemRef === undefined ? {} : { systemRef }),
      ...(domainRef === undefined ? {} : { domainRef }),
    },
    ...words,
    ...(entity.editUrl === undefined ? {} : { editUrl: entity.editUrl }),
    sourceId: entity.sourceId,
  };
}

function encodeCursor(ref: string): string {
  return Buffer.from(ref).toString('base64url');
}

function decodeCursor(cursor: string): string {
  const ref = Buffer.from(cursor, 'base64url').toString('utf8');
  if (/^[^:/\s]+:[^:/\s]+\/[^\s]+$/.test(ref)) return ref;
  throw new AppError(
    'catalog.bad-cursor',
    'The cursor was not made by this server. Start again without a cursor.',
  );
}
