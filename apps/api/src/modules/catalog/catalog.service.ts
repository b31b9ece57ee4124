import { parseRef, stringifyRef } from '@waymark/catalog-model';
import type {
  EndpointReply,
  EndpointRequest,
  EntityOrigin,
  getEntitiesByRefs,
  getEntityFacets,
  queryEntities,
} from '@waymark/contracts';
import { catalogPageLimits } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { SerializedReply } from '../../platform/http/serialized-reply.ts';
import type { CatalogRepository } from './catalog.repository.ts';
import type { CatalogSynchronizer } from './catalog-synchronizer.ts';
import type { EntityDocuments } from './entity-documents.ts';
import { pickFields } from './entity-fields.ts';
import { queryPage } from './entity-query.ts';
import type { CatalogView, PastCatalogs } from './past-catalogs.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';
import { parseFilters } from './read-index/filter.ts';
import { hasBit } from './read-index/slot-set.ts';

/** Kind, namespace and name as they stand in a URL. */
export interface EntityName {
  kind: string;
  namespace: string;
  name: string;
}

type QueryInput = EndpointRequest<typeof queryEntities>['query'];
type FacetsInput = EndpointRequest<typeof getEntityFacets>['query'];
type ByRefsInput = EndpointRequest<typeof getEntitiesByRefs>;

/** What the catalog can be asked. Entities come as JSON text, ready to send. */
export interface CatalogService {
  queryEntities(caller: Caller, query: QueryInput): Promise<SerializedReply>;
  /** `asOf`: as it was at that instant. */
  getEntity(caller: Caller, name: EntityName, asOf?: string): Promise<SerializedReply>;
  getEntitiesByRefs(caller: Caller, input: ByRefsInput): Promise<SerializedReply>;
  getFacets(caller: Caller, query: FacetsInput): Promise<EndpointReply<typeof getEntityFacets>>;
  getOrigin(caller: Caller, name: EntityName): Promise<EntityOrigin>;
  refreshEntity(caller: Caller, entityRef: string): Promise<void>;
}

export interface CatalogServiceOptions {
  repository: Pick<CatalogRepository, 'readOrigin' | 'readSourceIdOf'>;
  synchronizer: Pick<CatalogSynchronizer, 'index' | 'notReadyReason' | 'catchUp'>;
  documents: EntityDocuments;
  past: PastCatalogs;
  /** Asks the sources module for a read of one source. */
  requestRefresh: (sourceId: string, caller: Caller) => Promise<void>;
}

const VIEW_URL = 'backstage.io/view-url';
const EDIT_URL = 'backstage.io/edit-url';
/** Stands for a ref that the index does not have. */
const NO_SLOT = -1;
/** Each attempt sees everything that was committed before it; a ref that changes hands more often is given up. */
const MAX_READ_ATTEMPTS = 3;

export function createCatalogService(options: CatalogServiceOptions): CatalogService {
  const { repository, synchronizer, documents, past, requestRefresh } = options;

  const readyIndex = (): CatalogReadIndex => {
    const reason = synchronizer.notReadyReason;
    if (reason !== undefined) throw new AppError('catalog.not-ready', `Try again in a moment: ${reason}.`);
    return synchronizer.index;
  };
  /** The catalog of an instant; without one, as it is now. */
  const viewAt = async (asOf: string | undefined): Promise<CatalogView> =>
    asOf === undefined ? { index: readyIndex(), documents } : past.at(asOf);

  /**
   * Selects in the index and reads the documents of what was selected. A row that is gone may have been replaced by
   * another one of the same ref, as in a move between sources, which the index does not know yet: then it is asked
   * again once it does, so that nothing is missing that is there.
   */
  const readWhole = async <Selected>(
    asOf: string | undefined,
    select: (index: CatalogReadIndex) => { slots: readonly number[]; selected: Selected },
  ): Promise<{ items: (string | undefined)[]; selected: Selected }> => {
    for (let attempt = 1; ; attempt += 1) {
      const view = await viewAt(asOf);
      const { slots, selected } = select(view.index);
      const items = await view.documents.read(view.index, slots);
      const isWhole = items.every((item, position) => item !== undefined || slots[position] === NO_SLOT);
      if (isWhole || attempt === MAX_READ_ATTEMPTS) return { items, selected };
      await synchronizer.catchUp();
    }
  };

  return {
    async queryEntities(_caller, query) {
      const limit = query.limit ?? catalogPageLimits.default;
      const { items, selected } = await readWhole(query.asOf, (index) => {
        const { slots, ...page } = queryPage(index, { ...query, limit });
        return { slots, selected: page };
      });
      const { totalItems, ...pageInfo } = selected;
      const present = items.filter((item) => item !== undefined);
      return new SerializedReply(
        `{"items":[${present.map((item) => projectJson(item, query.fields)).join(',')}],` +
          `"totalItems":${query.totalItems === 'exclude' ? 0 : totalItems},"pageInfo":${JSON.stringify(pageInfo)}}`,
      );
    },

    async getEntity(_caller, name, asOf) {
      const ref = refOf(name);
      const { items } = await readWhole(asOf, (index) => ({
        slots: [index.slotOf(ref) ?? NO_SLOT],
        selected: undefined,
      }));
      const [json] = items;
      if (json === undefined) throw notFound(ref);
      return new SerializedReply(json);
    },

    async getEntitiesByRefs(_caller, { query, body }) {
      const refs = body.entityRefs.map(canonicalRef);
      const { items } = await readWhole(undefined, (index) => {
        const matches = index.filter(parseFilters(query.filter ?? []));
        const slots = refs.map((ref) => {
          const slot = index.slotOf(ref);
          return slot !== undefined && hasBit(matches, slot) ? slot : NO_SLOT;
        });
        return { slots, selected: undefined };
      });
      const json = items.map((item) => (item === undefined ? 'null' : projectJson(item, body.fields)));
      return new SerializedReply(`{"items":[${json.join(',')}]}`);
    },

    async getFacets(_caller, { facet, filter, fullTextFilterTerm, fullTextFilterFields, asOf }) {
      const { index } = await viewAt(asOf);
      const matches = index.filter(parseFilters(filter ?? []));
      if (fullTextFilterTerm) {
        index.filterByText(matches, fullTextFilterTerm, fullTextFilterFields ?? ['metadata.name']);
      }
      return { facets: Object.fromEntries(facet.map((path) => [path, index.facet(path, matches)])) };
    },

    async getOrigin(_caller, name) {
      const ref = refOf(name);
      const row = await repository.readOrigin(ref);
      if (!row) throw notFound(ref);
      const { annotations, ...origin } = row;
      return {
        ...origin,
        ...(annotations[VIEW_URL] === undefined ? {} : { viewUrl: annotations[VIEW_URL] }),
        ...(annotations[EDIT_URL] === undefined ? {} : { editUrl: annotations[EDIT_URL] }),
      };
    },

    async refreshEntity(caller, entityRef) {
      const ref = canonicalRef(entityRef);
      const sourceId = await repository.readSourceIdOf(ref);
      if (sourceId === undefined) throw notFound(ref);
      await requestRefresh(sourceId, caller);
    },
  };
}

function projectJson(json: string, fields: readonly string[] | undefined): string {
  if (!fields?.length) return json;
  // An entity's text is always that of an object.
  return JSON.stringify(pickFields(JSON.parse(json) as Record<string, unknown>, fields));
}

function refOf({ kind, namespace, name }: EntityName): string {
  return stringifyRef({ kind, namespace, name });
}

function canonicalRef(text: string): string {
  try {
    return stringifyRef(parseRef(text));
  } catch (error) {
    throw new AppError(
      'catalog.bad-reference',
      `"${text}" is no entity reference. Write kind:namespace/name, for example component:default/payments.`,
      { cause: error },
    );
  }
}

function notFound(ref: string): AppError {
  return new AppError(
    'catalog.entity-not-found',
    `There is no entity ${ref}. Check the spelling, or look at the sources page for errors in its file.`,
  );
}
