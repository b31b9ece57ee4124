import {
  deleteEntityByUid,
  exportEntities,
  getEntitiesByRefs,
  getEntityAncestry,
  getEntityBadge,
  getEntityByName,
  getEntityByUid,
  getEntityFacets,
  getEntityFacetsByPredicate,
  getEntityOrigin,
  listEntities,
  queryEntities,
  queryEntitiesByPredicate,
  refreshEntity,
  validateEntity,
} from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { unlessUnchanged } from '../../platform/http/conditional-reply.ts';
import { serve, type CallContext } from '../../platform/http/serve.ts';
import type { CatalogService } from './catalog.service.ts';

/** Mounts the catalog's part of the contract. */
export function catalogRoutes(app: FastifyInstance, catalog: CatalogService): void {
  const unlessKnown = async <Answer>(context: CallContext, answer: () => Promise<Answer>) =>
    unlessUnchanged(context, await catalog.revision(context), answer);
  mountQueries(app, catalog, unlessKnown);
  mountReads(app, catalog, unlessKnown);

  serve(app, refreshEntity, async ({ body }, caller) => {
    await catalog.refreshEntity(caller, body.entityRef);
    return {};
  });
  serve(app, deleteEntityByUid, async ({ params }, caller) => {
    await catalog.deleteEntity(caller, params.uid);
    return null;
  });
  serve(app, validateEntity, async ({ body }, caller) => {
    await catalog.validateEntity(caller, body);
    return {};
  });
}

type UnlessKnown = <Answer>(
  context: CallContext,
  answer: () => Promise<Answer>,
) => ReturnType<typeof unlessUnchanged<Answer>>;

function mountQueries(app: FastifyInstance, catalog: CatalogService, unlessKnown: UnlessKnown): void {
  serve(app, queryEntities, ({ query }, context) =>
    unlessKnown(context, () => catalog.queryEntities(context, query)),
  );
  serve(app, queryEntitiesByPredicate, ({ body }, caller) => catalog.queryEntitiesByPredicate(caller, body));
  serve(app, listEntities, ({ query }, context) =>
    unlessKnown(context, async () => {
      const { reply, after } = await catalog.listEntities(context, query);
      if (after !== undefined) context.reply.header('link', linkToNext(context.reply.request.url, after));
      return reply;
    }),
  );
  serve(app, getEntityFacets, ({ query }, context) =>
    unlessKnown(context, () => catalog.getFacets(context, query)),
  );
  serve(app, getEntityFacetsByPredicate, ({ body }, caller) => catalog.getFacetsByPredicate(caller, body));
  serve(app, exportEntities, ({ query }, caller) => catalog.exportEntities(caller, query));
}

function mountReads(app: FastifyInstance, catalog: CatalogService, unlessKnown: UnlessKnown): void {
  serve(app, getEntityByName, ({ params, query }, context) =>
    unlessKnown(context, () => catalog.getEntity(context, params, query)),
  );
  serve(app, getEntityByUid, ({ params }, context) =>
    unlessKnown(context, () => catalog.getEntityByUid(context, params.uid)),
  );
  serve(app, getEntitiesByRefs, (input, caller) => catalog.getEntitiesByRefs(caller, input));
  serve(app, getEntityAncestry, ({ params }, caller) => catalog.getAncestry(caller, params));
  serve(app, getEntityOrigin, ({ params }, caller) => catalog.getOrigin(caller, params));
  serve(app, getEntityBadge, (input, caller) => catalog.getBadge(caller, input));
}

/** The `Link` of the older list: the same query, from another place on. */
function linkToNext(url: string, after: string): string {
  const [path = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.delete('offset');
  parameters.set('after', after);
  return `<${path}?${parameters}>; rel="next"`;
}
