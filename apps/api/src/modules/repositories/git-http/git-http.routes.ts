import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { serverPaths } from '@waymark/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../../platform/auth/caller.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { toProblem } from '../../../platform/errors/to-problem.ts';
import { allowLongRequest, endLongRequest } from '../../../platform/http/long-requests.ts';
import { pageOfRepository, type RepositoryName } from '../repository-name.ts';
import { fetchSettings, pushSettings } from './backend-settings.ts';
import type { GitRequest, GitRequests } from './git-requests.ts';
import type { GitAccess, GitTransport } from './git-transport.service.ts';
import { runHttpBackend, type BackendAnswer, type BackendRequest } from './http-backend.ts';
import { readPushHead, type PushCommand } from './push-commands.ts';

export interface GitHttpOptions {
  transport: GitTransport;
  requests: GitRequests;
  /** Folder that holds all bare repositories, and where a repository's is below it. */
  root: string;
  pathOf: (repository: RepositoryName) => string;
}

type Service = BackendRequest['service'];
type GitRoute = { Params: { owner: string; repository: string } };
type GitHttpRequest = FastifyRequest<GitRoute>;

const READ = 'repositories.repository.read';
const WRITE = 'repositories.repository.write';
const PATH = `${serverPaths.git}:owner/:repository`;
/** The body is no document: git limits what it takes of it by itself. */
const NO_BODY_LIMIT = Number.MAX_SAFE_INTEGER;
const RETRY_AFTER_SECONDS = 2;

/**
 * Serves Git's smart protocol, and nothing else of a repository: what refs there are, fetching, pushing. These are the
 * only routes that take bodies of another kind than JSON, of any length, for longer than the server's usual time.
 */
export function gitHttpRoutes(app: FastifyInstance, options: GitHttpOptions): void {
  const serving = new GitHttp(options);
  app.addHook('preClose', () => options.requests.stop());
  void app.register(async (git) => {
    git.removeAllContentTypeParsers();
    for (const service of ['git-upload-pack', 'git-receive-pack'] as const) {
      git.addContentTypeParser(`application/x-${service}-request`, (_request, payload, done) => {
        done(null, payload);
      });
    }
    git.setErrorHandler(answerInWords);
    const shared = {
      schema: { hide: true },
      compress: false,
      decompress: false,
      bodyLimit: NO_BODY_LIMIT,
    } as const;
    // No git asks for this: somebody has put the address of a clone into a browser.
    git.get<GitRoute>(PATH, { ...shared, config: { permission: READ } }, (request, reply) =>
      reply.redirect(pageOfRepository(nameOf(request))),
    );
    git.get<GitRoute>(
      `${PATH}/info/refs`,
      { ...shared, exposeHeadRoute: false, config: { permission: READ } },
      (request, reply) => serving.advertise(request, reply),
    );
    git.post<GitRoute>(
      `${PATH}/git-upload-pack`,
      { ...shared, config: { permission: READ } },
      (request, reply) => serving.fetch(request, reply),
    );
    git.post<GitRoute>(
      `${PATH}/git-receive-pack`,
      { ...shared, config: { permission: WRITE } },
      (request, reply) => serving.push(request, reply),
    );
  });
}

class GitHttp {
  readonly #options: GitHttpOptions;

  constructor(options: GitHttpOptions) {
    this.#options = options;
  }

  async advertise(request: GitHttpRequest, reply: FastifyReply): Promise<FastifyReply> {
    const service = serviceOf(request);
    const { transport } = this.#options;
    const name = nameOf(request);
    const caller = callerOf(request);
    if (service === 'git-upload-pack') {
      const access = await transport.openForFetch(caller, name);
      return this.#run(request, reply, { access, service, settings: fetchSettings() });
    }
    const access = await transport.openForPush(caller, name);
    return this.#run(request, reply, { access, service, settings: pushSettings(access, []) });
  }

  async fetch(request: GitHttpRequest, reply: FastifyReply): Promise<FastifyReply> {
    const access = await this.#options.transport.openForFetch(callerOf(request), nameOf(request));
    return this.#run(request, reply, {
      ...{ access, service: 'git-upload-pack', settings: fetchSettings() },
      // The backend unpacks what git packs for it.
      body: { head: Buffer.alloc(0), rest: bodyOf(request) },
      contentEncoding: encodingOf(request),
    });
  }

  async push(request: GitHttpRequest, reply: FastifyReply): Promise<FastifyReply> {
    const access = await this.#options.transport.openForPush(callerOf(request), nameOf(request));
    allowLongRequest(request.raw.socket);
    const body = bodyOf(request);
    const rest = encodingOf(request) === undefined ? body : body.pipe(createGunzip());
    body.once('error', (error) => rest.destroy(error));
    const { commands, bytes } = await readPushHead(rest);
    return this.#run(request, reply, {
      ...{ access, service: 'git-receive-pack', settings: pushSettings(access, commands) },
      body: { head: bytes, rest },
      commands,
    });
  }

  async #run(request: GitHttpRequest, reply: FastifyReply, asked: Asked): Promise<FastifyReply> {
    const running = this.#options.requests.begin();
    const { socket } = request.raw;
    allowLongRequest(socket);
    const end = once(() => {
      running.end();
      endLongRequest(socket);
    });
    const closed = closeOf(reply.raw);
    void closed.then(() => {
      if (!reply.raw.writableFinished) running.abort(new Error('The client has gone.'));
    });
    try {
      const answer = await runHttpBackend(this.#backendRequest(request, asked, running));
      // Of an answer to somebody who has gone nothing is read, not even its end.
      void Promise.allSettled([closed, answer.ended]).then(end);
      void reply.code(answer.status).headers(answer.headers);
      return await reply.send(
        Readable.from(this.#answerOf(request, asked, answer, end), { objectMode: false }),
      );
    } catch (error) {
      end();
      throw error;
    }
  }

  #backendRequest(request: GitHttpRequest, asked: Asked, { signal }: GitRequest): BackendRequest {
    const { access, service, settings, body, contentEncoding } = asked;
    const { root, pathOf } = this.#options;
    return {
      ...{ root, service, settings, signal },
      path: pathOf(access.repository),
      method: request.method === 'GET' ? 'GET' : 'POST',
      headers: {
        ...{ contentEncoding, contentType: request.headers['content-type'] },
        gitProtocol: protocolOf(request),
      },
      user: callerOf(request).actor.ref,
      ...(body ? { body } : {}),
    };
  }

  /** The answer as git gives it. Before its end the push is announced: who then looks sees what was pushed. */
  async *#answerOf(
    request: GitHttpRequest,
    { access, commands = [] }: Asked,
    { body, ended }: BackendAnswer,
    end: () => void,
  ): AsyncGenerator<Buffer> {
    try {
      yield* body;
      const { exitCode, complaint } = await ended;
      if (exitCode !== 0) {
        request.log.warn({ exitCode, complaint, url: request.url }, 'repositories: git ended with a failure');
      }
      if (commands.length > 0) await this.#announce(request, access);
      // A whole answer would hide that its end is missing.
      if (exitCode === null) throw new Error('git http-backend was killed');
    } finally {
      end();
    }
  }

  /** The push is taken, whatever becomes of the news of it: sources are read again in time anyway. */
  async #announce(request: GitHttpRequest, access: GitAccess): Promise<void> {
    try {
      await this.#options.transport.finishPush(callerOf(request), access);
    } catch (error) {
      request.log.error({ err: error, url: request.url }, 'repositories: a push could not be announced');
    }
  }
}

/** Resolves when nobody reads an answer any more, whether it was sent or its reader has gone, also long ago. */
function closeOf(answer: ServerResponse): Promise<void> {
  if (answer.closed) return Promise.resolve();
  return new Promise((resolve) => {
    answer.once('close', resolve);
  });
}

/** Does something at the first call only. */
function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}

/** What is asked of the backend. */
interface Asked {
  access: GitAccess;
  service: Service;
  settings: readonly string[];
  body?: NonNullable<BackendRequest['body']>;
  contentEncoding?: string | undefined;
  commands?: readonly PushCommand[];
}

/** The service of a look at the refs. Without one it is the dumb protocol, which would need every file of a repository. */
function serviceOf({ query }: GitHttpRequest): Service {
  const { service } = query as Record<string, unknown>; // Fastify's parser gives an object always
  if (service === 'git-upload-pack' || service === 'git-receive-pack') return service;
  throw new AppError(
    'request.refused',
    'Only the smart protocol of Git is served here. Use git 1.6.6 or newer.',
  );
}

function nameOf({ params: { owner, repository } }: GitHttpRequest): RepositoryName {
  // Without the suffix it is the name of nothing.
  return { owner, name: repository.endsWith('.git') ? repository.slice(0, -'.git'.length) : '' };
}

function callerOf({ actor, id }: GitHttpRequest): Caller {
  if (actor === null) throw new AppError('actor.unauthenticated', 'Sign in to use this.');
  return { actor, requestId: id };
}

function bodyOf({ body }: GitHttpRequest): Readable {
  if (body instanceof Readable) return body;
  throw new AppError('request.unsupported-media-type', 'The body is not what git sends.');
}

function encodingOf({ headers }: GitHttpRequest): 'gzip' | undefined {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return undefined;
  if (encoding === 'gzip' || encoding === 'x-gzip') return 'gzip';
  throw new AppError(
    'request.unsupported-media-type',
    `Bodies in ${encoding.slice(0, 50)} are not read; use gzip.`,
  );
}

/** The version of the protocol that git asks for. */
function protocolOf({ headers }: GitHttpRequest): string | undefined {
  const protocol = headers['git-protocol'];
  return typeof protocol === 'string' && /^[a-z0-9=:.-]{1,100}$/i.test(protocol) ? protocol : undefined;
}

/** Git shows its user an answer of plain text, line by line, and asks for a password where the answer says so. */
function answerInWords(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem(error, request.id);
  if (problem.status >= 500)
    request.log.error({ err: error, url: request.url }, 'repositories: request failed');
  if (problem.status === 401) void reply.header('www-authenticate', 'Basic realm="Waymark", charset="UTF-8"');
  if (problem.status === 503) void reply.header('retry-after', String(RETRY_AFTER_SECONDS));
  void reply
    .code(problem.status)
    .type('text/plain; charset=utf-8')
    .send(`${problem.detail ?? problem.title} (${problem.code})\n`);
}
