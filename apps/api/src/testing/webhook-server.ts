import { sign } from '@octokit/webhooks-methods';
import { testConfig } from './test-config.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** Of the connection `main` of GitHub; that of GitLab has another. */
export const WEBHOOK_SECRET = 'a-secret-of-the-connection';
const GITLAB_SECRET = `${WEBHOOK_SECRET}-of-gitlab`;

/** A source as a row, with nothing but what webhooks look at. */
export interface SourceRow {
  type: string;
  target: string;
  branch?: string;
  settings?: Record<string, unknown>;
}

export interface DeliveryAnswer {
  status: number;
  body: Record<string, unknown>;
}

/** A server with two webhook connections, and whoever delivers to them. */
export interface WebhookServer extends AsyncDisposable {
  readonly server: TestServer;
  /** Forgets all sources and deliveries. */
  clear(): Promise<void>;
  /** Adds a source that is not due, and resolves to its id. */
  addSource(row: SourceRow): Promise<string>;
  /** Ids of sources that somebody asked a read for. */
  queued(): Promise<string[]>;
  post(path: string, body: string, headers: Record<string, string>): Promise<DeliveryAnswer>;
  deliverGitHub(event: string, payload: unknown, headers?: Record<string, string>): Promise<DeliveryAnswer>;
  deliverGitLab(payload: unknown, headers?: Record<string, string>): Promise<DeliveryAnswer>;
}

export async function startWebhookServer(databaseUrl: string): Promise<WebhookServer> {
  const server = await startTestServer({
    databaseUrl,
    config: {
      ...testConfig(),
      ingest: {
        connections: [
          { name: 'main', type: 'github', secret: WEBHOOK_SECRET },
          { name: 'main', type: 'gitlab', secret: GITLAB_SECRET },
        ],
      },
    },
  });
  const { pool } = server.database;
  let deliveries = 0;

  const webhooks: WebhookServer = {
    server,
    async clear() {
      await pool.query('TRUNCATE catalog_source, webhook_delivery, audit_entry CASCADE');
    },
    async addSource({ type, target, branch, settings }) {
      const { rows } = await pool.query<{ id: string }>(
        `INSERT INTO catalog_source (key, type, target, branch, settings, origin, state, next_read_at)
         VALUES ($1, $2, $3, $4, $5, 'config', 'ready', now() + interval '1 day') RETURNING id`,
        [JSON.stringify([type, target, branch, settings]), type, target, branch ?? null, settings ?? null],
      );
      return rows[0]?.id ?? '';
    },
    async queued() {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM catalog_source WHERE state = 'queued' AND next_read_at <= now() ORDER BY id`,
      );
      return rows.map(({ id }) => id);
    },
    async post(path, body, headers) {
      const answer = await fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      // Every answer is an object; what is in it is what the tests are about.
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    async deliverGitHub(event, payload, headers = {}) {
      const body = JSON.stringify(payload);
      deliveries += 1;
      return webhooks.post('/api/ingest/github/main', body, {
        'x-github-event': event,
        'x-github-delivery': `delivery-${deliveries}`,
        'x-hub-signature-256': await sign(WEBHOOK_SECRET, body),
        ...headers,
      });
    },
    deliverGitLab: (payload, headers = {}) =>
      webhooks.post('/api/ingest/gitlab/main', JSON.stringify(payload), {
        'x-gitlab-event': 'Push Hook',
        'x-gitlab-token': GITLAB_SECRET,
        ...headers,
      }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return webhooks;
}
