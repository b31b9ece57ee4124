import { serverPaths } from '@waymark/contracts';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { makePluginRoutesPublic } from './request-guards.ts';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** Collects every route from here on into an OpenAPI 3.1 document. Must be registered before the routes. */
export async function collectOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Waymark',
        version,
        description: 'The API of the developer portal. Errors are application/problem+json with a `code`.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
  });
}

/** Everything that the viewer needs comes from this server. */
const VIEWER_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the document at `serverPaths.openApi` and a viewer at `serverPaths.apiDocs`. */
export async function serveOpenApi(app: FastifyInstance): Promise<void> {
  app.get(serverPaths.openApi, { config: { permission: 'public' }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
  await app.register(async (docs) => {
    makePluginRoutesPublic(docs);
    await docs.register(swaggerUi, {
      routePrefix: serverPaths.apiDocs,
      staticCSP: VIEWER_POLICY,
      uiConfig: { url: serverPaths.openApi, supportedSubmitMethods: [] },
    });
  });
}
