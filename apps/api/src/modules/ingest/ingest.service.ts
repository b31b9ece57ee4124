import type { EndpointReply, EndpointRequest, ingestWebhook } from '@waymark/contracts';
import { ZodError } from 'zod';
import { AppError } from '../../platform/errors/app-error.ts';
import type { SourceChange } from '../sources/index.ts';
import { readGitHubEvent } from './github-events.ts';
import { readGitLabEvent } from './gitlab-events.ts';
import type { IngestRepository } from './ingest.repository.ts';
import type { WebhookEvent } from './webhook-event.ts';
import { isGenuine } from './webhook-signature.ts';

/** Longest id of a delivery; the senders' are UUIDs. */
const MAX_ID_LENGTH = 200;

/** Who may deliver, as the configuration says. */
export interface WebhookConnection {
  name: string;
  type: 'github' | 'gitlab';
  secret: string;
}

/** A delivery as it arrived. */
export interface IncomingDelivery {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
  requestId: string;
}

/** Takes deliveries of webhooks. */
export interface IngestService {
  deliver(
    target: EndpointRequest<typeof ingestWebhook>['params'],
    delivery: IncomingDelivery,
  ): Promise<EndpointReply<typeof ingestWebhook>>;
}

export function createIngestService(
  connections: readonly WebhookConnection[],
  deliveries: IngestRepository,
): IngestService {
  return {
    async deliver({ source, connection }, { headers, body, requestId }) {
      const known = connections.find(({ type, name }) => type === source && name === connection);
      if (!known) {
        throw new AppError(
          'ingest.unknown-connection',
          `There is no ${source} connection "${connection}". Compare the URL with ingest.connections of the configuration.`,
        );
      }
      const header = (name: string) => {
        const value = headers[name];
        return typeof value === 'string' ? value : undefined;
      };
      const proof = { signature: header('x-hub-signature-256'), token: header('x-gitlab-token') };
      if (!(await isGenuine(source, known.secret, body, proof))) {
        throw new AppError(
          'ingest.bad-signature',
          'The delivery is not signed with the secret of this connection. Set the same secret on both sides.',
        );
      }
      const event = readEvent(source, header('x-github-event') ?? '', body);
      const id = header(source === 'github' ? 'x-github-delivery' : 'idempotency-key');
      const taken = await deliveries.take(
        { connection: `${source}/${connection}`, deliveryId: id?.slice(0, MAX_ID_LENGTH), requestId },
        event.type === 'nothing' ? undefined : changeOf(source, event),
      );
      return replyOf(event, taken);
    },
  };
}

function readEvent(source: 'github' | 'gitlab', name: string, body: Buffer): WebhookEvent {
  let payload: unknown;
  try {
    payload = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new AppError(
      'request.not-json',
      'The delivery is not JSON. Choose application/json at the sender.',
      {
        cause: error,
      },
    );
  }
  try {
    return source === 'github' ? readGitHubEvent(name, payload) : readGitLabEvent(payload);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const issues = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    throw new AppError('request.invalid', 'The delivery is not what its event promises.', {
      issues,
      cause: error,
    });
  }
}

function changeOf(
  host: 'github' | 'gitlab',
  event: Exclude<WebhookEvent, { type: 'nothing' }>,
): SourceChange {
  if (event.type !== 'push') return { ...event, host };
  const { fullName, defaultBranch, address } = event.repository;
  return { type: 'push', host, fullName, address, branch: event.branch, defaultBranch };
}

function replyOf(event: WebhookEvent, taken: string[] | 'duplicate'): EndpointReply<typeof ingestWebhook> {
  if (taken === 'duplicate') {
    return { outcome: 'duplicate', reason: 'This delivery was taken before.', sourceIds: [] };
  }
  if (event.type === 'nothing') return { outcome: 'ignored', reason: event.reason, sourceIds: [] };
  return taken.length === 0
    ? { outcome: 'ignored', reason: 'No source is concerned.', sourceIds: [] }
    : { outcome: 'accepted', reason: 'The sources are read again now.', sourceIds: taken };
}
