import { ingestWebhook } from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { servePublic } from '../../platform/http/serve.ts';
import type { IngestService } from './ingest.service.ts';

/** The most that GitHub sends. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;

/** Mounts the webhooks in a context of their own, where bodies stay as they came: they are signed. */
export function ingestRoutes(app: FastifyInstance, ingest: IngestService): void {
  // Registered plugins are awaited when the server gets ready.
  void app.register(async (context) => {
    context.removeAllContentTypeParsers();
    context.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
      (_request, body, done) => done(null, body),
    );
    servePublic(
      context,
      ingestWebhook,
      ({ params }, { request }) =>
        ingest.deliver(params, {
          headers: request.headers,
          // The parser above makes nothing else; a request without a body has none.
          body: (request.body as Buffer | undefined) ?? Buffer.alloc(0),
          requestId: request.id,
        }),
      { provesItself: true },
    );
  });
}
