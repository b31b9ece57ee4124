import { getEntityByName, getEntityFacets, getGraph, queryEntities, searchQuery } from '@waymark/contracts';

/** Shapes of answers that the benchmark asks for. */
export type ReplyKind = 'page' | 'entity' | 'facets' | 'search' | 'graph';

const SERVICE_UNAVAILABLE = 503;

/**
 * Why a reply is not what was asked for, or undefined: a benchmark of errors and of empty lists is worth nothing.
 * Every query of the benchmark is made of what occurs in the catalog, so none of them is empty. A server that is
 * too busy to answer says nothing wrong; how often it is, is a result.
 */
export function explainBadReply(kind: ReplyKind, status: number, body: string): string | undefined {
  if (status === SERVICE_UNAVAILABLE) return undefined;
  if (status !== 200) return `status ${status}: ${body.slice(0, 300)}`;
  try {
    return explainBadContent(kind, JSON.parse(body));
  } catch (error) {
    return `no reply of the contract: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`;
  }
}

function explainBadContent(kind: ReplyKind, content: unknown): string | undefined {
  switch (kind) {
    case 'page': {
      const { items, totalItems } = queryEntities.reply.parse(content);
      if (items.length === 0) return 'an empty page';
      return totalItems < items.length ? `${items.length} items of ${totalItems}` : undefined;
    }
    case 'entity': {
      const { relations = [] } = getEntityByName.reply.parse(content);
      return relations.length === 0 ? 'an entity without relations' : undefined;
    }
    case 'facets': {
      const { facets } = getEntityFacets.reply.parse(content);
      const empty = Object.keys(facets).find((path) => facets[path]?.length === 0);
      return empty === undefined ? undefined : `no values of ${empty}`;
    }
    case 'search': {
      const { results, numberOfResults } = searchQuery.reply.parse(content);
      if (results.length === 0) return 'no results';
      return numberOfResults < results.length ? `${results.length} results of ${numberOfResults}` : undefined;
    }
    case 'graph': {
      const { nodes, edges, totalNodes } = getGraph.reply.parse(content);
      if (edges.length === 0) return 'a graph without relations';
      return totalNodes < nodes.length ? `${nodes.length} nodes of ${totalNodes}` : undefined;
    }
  }
}
