import type {
  EndpointReply,
  EndpointRequest,
  getEntityFacets,
  getEntityFacetsByPredicate,
  listEntities,
  queryEntities,
  queryEntitiesByPredicate,
} from '@waymark/contracts';
import { catalogPageLimits } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { SerializedReply } from '../../platform/http/serialized-reply.ts';
import { StreamedReply } from '../../platform/http/streamed-reply.ts';
import type { CatalogReader, CatalogRequest } from './catalog-reader.ts';
import { fieldPaths, projectJson } from './entity-fields.ts';
import { instantAsked, matchesOf, queryList, queryPage, textOf, type EntityQuery } from './entity-query.ts';
import { readInChunks, refsOf, toJsonList } from './entity-stream.ts';
import { parseListOrder, parseOrderBy, parseOrderFields } from './query-order.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';
import { toIndexKey } from './read-index/query-path.ts';
import type { Bitmap } from './read-index/slot-set.ts';
import { readWhole } from './whole-read.ts';

type QueryInput = EndpointRequest<typeof queryEntities>['query'];
type PredicateInput = EndpointRequest<typeof queryEntitiesByPredicate>['body'];
type ListInput = EndpointRequest<typeof listEntities>['query'];
type FacetsInput = EndpointRequest<typeof getEntityFacets>['query'];
type PredicateFacetsInput = EndpointRequest<typeof getEntityFacetsByPredicate>['body'];
type Facets = EndpointReply<typeof getEntityFacets>;

/** Questions about many entities. */
export interface EntityQueries {
  queryEntities(caller: Caller, query: QueryInput): Promise<SerializedReply>;
  queryEntitiesByPredicate(caller: Caller, body: PredicateInput): Promise<SerializedReply>;
  /** The older list; `after` names its next page. */
  listEntities(caller: Caller, query: ListInput): Promise<{ reply: StreamedReply; after?: string }>;
  getFacets(caller: Caller, query: FacetsInput): Promise<SerializedReply>;
  getFacetsByPredicate(caller: Caller, body: PredicateFacetsInput): Promise<SerializedReply>;
}

/** Facets look where Backstage's search does when no field is named. */
const FACET_TEXT_FIELDS = ['metadata.name'];

export function createEntityQueries(reader: CatalogReader): EntityQueries {
  const answerPage = async (
    query: EntityQuery,
    fields: readonly string[] | undefined,
    request?: CatalogRequest,
  ): Promise<SerializedReply> => {
    const paths = fieldPaths(fields);
    const { items, selected } = await readWhole(reader, request, (index) => {
      const { slots, ...page } = queryPage(index, query);
      return { slots, selected: page };
    });
    const { totalItems, ...pageInfo } = selected;
    const texts = items.filter((item) => item !== undefined).map((item) => projectJson(item, paths));
    return new SerializedReply(
      `{"items":[${texts.join(',')}],"totalItems":${totalItems},"pageInfo":${JSON.stringify(pageInfo)}}`,
    );
  };

  return {
    queryEntities: async (_caller, { orderField, fullTextFilterTerm, fullTextFilterFields, ...query }) =>
      answerPage(
        {
          ...query,
          limit: query.limit ?? catalogPageLimits.default,
          order: parseOrderFields(orderField ?? []),
          text: { term: fullTextFilterTerm, fields: fullTextFilterFields },
          isTotalOmitted: query.totalItems === 'exclude',
        },
        query.fields,
        { asOf: instantAsked(query) },
      ),

    queryEntitiesByPredicate: async (_caller, { orderBy, fullTextFilter, ...body }) =>
      answerPage(
        {
          ...body,
          limit: body.limit ?? catalogPageLimits.default,
          order: parseOrderBy(orderBy ?? []),
          text: fullTextFilter,
          isTotalOmitted: body.totalItems === 'exclude',
        },
        body.fields,
      ),

    async listEntities(_caller, { order, fields, ...query }) {
      const paths = fieldPaths(fields);
      const { index } = await reader.view();
      const { slots, after } = queryList(index, { ...query, order: parseListOrder(order ?? []) });
      const chunks = readInChunks(reader, refsOf(index, slots));
      const reply = await StreamedReply.start(toJsonList(chunks, (json) => projectJson(json, paths)));
      return { reply, ...(after === undefined ? {} : { after }) };
    },

    async getFacets(_caller, { facet, filter, fullTextFilterTerm, fullTextFilterFields, asOf }) {
      const { index } = await reader.view({ asOf });
      const text = textOf({ term: fullTextFilterTerm, fields: fullTextFilterFields }, FACET_TEXT_FIELDS);
      return countFacets(index, facet, matchesOf(index, { filter, ...text }));
    },

    async getFacetsByPredicate(_caller, { facets, query }) {
      const { index } = await reader.view();
      return countFacets(index, facets, matchesOf(index, { query }));
    },
  };
}

/** As text: checking thousands of values against the contract would cost more than counting them. */
function countFacets(index: CatalogReadIndex, paths: readonly string[], within: Bitmap): SerializedReply {
  const reply: Facets = {
    facets: Object.fromEntries(
      paths.map((path) => [path, index.facet(toIndexKey(path, 'catalog.bad-filter'), within)]),
    ),
  };
  return new SerializedReply(JSON.stringify(reply));
}
