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
  getEntity(caller: Caller, name: EntityName): Promise<SerializedReply>;
  getEntitiesByRefs(caller: Caller, input: ByRefsInput): Promise<SerializedReply>;
  getFacets(caller: Caller, query: FacetsInput): Promise<EndpointReply<typeof getEntityFacets>>;
  getOrigin(caller: Caller, name: EntityName): Promise<EntityOrigin>;
  refreshEntity(caller: Caller, entityRef: string): Promise<void>;
}

export interface CatalogServiceOptions {
  repository: Pick<CatalogRepository, 'readOrigin' | 'readSourceIdOf'>;
  synchronizer: Pick<CatalogSynchronizer, 'index' | 'notReadyReason'>;
  documents: EntityDocuments;
  /** Asks the sources module for a read of one source. */
  requestRefresh: (sourceId: string, caller: Caller) => Promise<void>;
}

const VIEW_URL = 'backstage.io/view-url';
const EDIT_URL = 'backstage.io/edit-url';

export function createCatalogService(options: CatalogServiceOptions): CatalogService {
  const { repository, synchronizer, documents, requestRefresh } = options;

  const readyIndex = (): CatalogReadIndex => {
    const reason = synchronizer.notReadyReason;
    if (reason !== undefined) throw new AppError('catalog.not-ready', `Try again in a moment: ${reason}.`);
    return synchronizer.index;
  };

  return {
    async queryEntities(_caller, query) {
      const index = readyIndex();
      const { slots, ...page } = queryPage(index, {
        ...query,
        limit: query.limit ?? catalogPageLimits.default,
      });
      const items = await documents.read(index, slots);
      const { totalItems, ...pageInfo } = page;
      const present = items.filter((item) => item !== undefined);
      return new SerializedReply(
        `{"items":[${present.map((item) => projectJson(item, query.fields)).join(',')}],` +
          `"totalItems":${query.totalItems === 'exclude' ? 0 : totalItems},"pageInfo":${JSON.stringify(pageInfo)}}`,
      );
    },

    async getEntity(_caller, name) {
      const index = readyIndex();
      const ref = refOf(name);
      const slot = index.slotOf(ref);
      const [json] = slot === undefined ? [] : await documents.read(index, [slot]);
      if (json === undefined) throw notFound(ref);
      return new SerializedReply(json);
    },

    async getEntitiesByRefs(_caller, { query, body }) {
      const index = readyIndex();
      const matches = index.filter(parseFilters(query.filter ?? []));
      const slots = body.entityRefs.map((text) => {
        const slot = index.slotOf(canonicalRef(text));
        return slot !== undefined && hasBit(matches, slot) ? slot : -1;
      });
      const items = await documents.read(index, slots);
      const json = items.map((item) => (item === undefined ? 'null' : projectJson(item, body.fields)));
      return new SerializedReply(`{"items":[${json.join(',')}]}`);
    },

    async getFacets(_caller, { facet, filter, fullTextFilterTerm, fullTextFilterFields }) {
      const index = readyIndex();
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
