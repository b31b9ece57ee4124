import { LRUCache } from 'lru-cache';
import { AppError } from '../../platform/errors/app-error.ts';
import type { CatalogView } from './catalog-view.ts';
import { createEntityDocuments } from './entity-documents.ts';
import { nextTurn, PREPARE_CHUNK, prepareEntities } from './indexed-entities.ts';
import type { PastCatalogRepository, PastMoment } from './past-catalog.repository.ts';
import { CatalogReadIndex } from './read-index/catalog-read-index.ts';

/** Versions of the past that stay in memory, and the entities that all of them may have together. */
const MAX_VERSIONS = 2;
const MAX_ENTITIES = 200_000;
const KEPT_FOR_MS = 10 * 60 * 1000;
/** Memory for the composed documents of one version, in characters. */
const MAX_DOCUMENT_CHARACTERS = 4 * 1024 * 1024;
/** Each build reads the whole catalog, so they run one at a time, and only so many wait. */
const MAX_WAITING_BUILDS = 8;

/** Years that the database reads: four digits, from 1 on. Beyond them is as long ago, or as far to come. */
const EARLIEST = new Date('0001-01-01T00:00:00Z');
const LATEST = new Date('9999-12-31T23:59:59Z');

/** The catalog as it was. */
export interface PastCatalogs {
  /**
   * @param asOf ISO instant. Before anything was recorded the catalog was empty.
   * @throws AppError `catalog.bad-instant` for an instant that is still to come.
   */
  at(asOf: string): Promise<CatalogView>;
}

/**
 * Builds read indexes of the past from the rows that stood then. Instants between two writes of the catalog share
 * one, since they show the same.
 */
export function createPastCatalogs(repository: PastCatalogRepository, now: () => Date): PastCatalogs {
  const views = new LRUCache<number, CatalogView>({
    max: MAX_VERSIONS,
    maxSize: MAX_ENTITIES,
    // A single version must fit, however large it is.
    sizeCalculation: ({ index }) => Math.min(MAX_ENTITIES, index.size + 1),
    ttl: KEPT_FOR_MS,
    ttlAutopurge: true,
  });
  const building = new Map<number, Promise<CatalogView>>();
  let lastBuild: Promise<unknown> = Promise.resolve();

  const build = (moment: PastMoment): Promise<CatalogView> => {
    if (building.size >= MAX_WAITING_BUILDS) {
      throw new AppError(
        'server.overloaded',
        'Too many instants are asked for at once. Try again in a moment.',
      );
    }
    const view = lastBuild
      .then(() => buildView(repository, moment))
      .then((built) => {
        views.set(moment.version, built);
        return built;
      })
      .finally(() => building.delete(moment.version));
    building.set(moment.version, view);
    lastBuild = view.catch(() => {}); // whoever asked for it is told
    return view;
  };

  return {
    async at(asOf) {
      const instant = withinCalendar(new Date(asOf));
      const { moment, lastAt } = await repository.momentAt(instant);
      // The last write counts as past even when the clock of the database runs ahead of this one.
      if (!(instant <= now() || (lastAt && instant <= lastAt))) {
        throw new AppError(
          'catalog.bad-instant',
          `${asOf} is still to come. Give an instant of the past, or leave asOf out to see the catalog as it is.`,
        );
      }
      if (!moment) return emptyView();
      return views.get(moment.version) ?? building.get(moment.version) ?? build(moment);
    },
  };
}

function withinCalendar(instant: Date): Date {
  if (instant < EARLIEST) return EARLIEST;
  return instant > LATEST ? LATEST : instant;
}

async function buildView(
  repository: PastCatalogRepository,
  { version, at }: PastMoment,
): Promise<CatalogView> {
  const index = new CatalogReadIndex();
  const refs: string[] = [];
  await repository.readAll(at, async (rows) => {
    for (let start = 0; start < rows.length; start += PREPARE_CHUNK) {
      const numbered = rows
        .slice(start, start + PREPARE_CHUNK)
        .map((row) => ({ ...row, id: refs.push(row.ref) }));
      index.apply({
        version: 0,
        upserts: await prepareEntities(numbered, { isSearched: false }),
        removals: [],
      });
      await nextTurn();
    }
  });
  index.version = version;
  return {
    index,
    documents: createEntityDocuments(pastDocuments(repository, refs, at), {
      maxCachedCharacters: MAX_DOCUMENT_CHARACTERS,
    }),
  };
}

/** Documents of the past by their number in the index, which is one more than the place of their ref. */
function pastDocuments(
  repository: PastCatalogRepository,
  refs: readonly string[],
  at: Date,
): Parameters<typeof createEntityDocuments>[0] {
  return {
    async readDocuments(ids) {
      const idByRef = new Map(ids.map((id) => [refs[id - 1] ?? '', id]));
      const rows = await repository.readDocuments([...idByRef.keys()], at);
      return rows.map(({ ref, ...row }) => ({ ...row, id: idByRef.get(ref) ?? 0 }));
    },
  };
}

function emptyView(): CatalogView {
  return {
    index: new CatalogReadIndex(),
    documents: { read: async (_index, slots) => slots.map(() => undefined) },
  };
}
