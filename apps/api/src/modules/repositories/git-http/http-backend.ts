import { spawn, type ChildProcess } from 'node:child_process';
import { PassThrough, type Readable } from 'node:stream';
import { localGitEnvironment, SAFE_GIT_SETTINGS } from '../../../platform/git/git-environment.ts';
import { explainStartFailure } from '../../../platform/git/git-error.ts';
import { HAS_PROCESS_GROUPS, waitForEnd } from '../../../platform/git/process-group.ts';

/** One request for `git http-backend`, already known to be allowed. */
export interface BackendRequest {
  /** Folder that `path` begins at. */
  root: string;
  path: string;
  service: 'git-upload-pack' | 'git-receive-pack';
  method: 'GET' | 'POST';
  /** Of git, as `name=value`. */
  settings: readonly string[];
  headers: {
    contentType?: string | undefined;
    contentEncoding?: string | undefined;
    gitProtocol?: string | undefined;
  };
  /** Whom git names in its log of refs. */
  user: string;
  /** The body: what was read of it already, and the rest. */
  body?: { head: Buffer; rest: Readable };
  signal: AbortSignal;
}

/** What the backend answers. */
export interface BackendAnswer {
  status: number;
  headers: Record<string, string>;
  /** To be read to its end, or left by `return`. */
  body: AsyncGenerator<Buffer>;
  /** Resolves when git has ended. */
  ended: Promise<BackendEnd>;
}

/** How git ended. */
export interface BackendEnd {
  /** Null for one that was killed. */
  exitCode: number | null;
  /** The end of what it wrote to its standard error. */
  complaint: string;
}

const MAX_COMPLAINT = 4_000;
const MAX_HEAD_BYTES = 16 * 1024;
/** Of CGI's answer, what the client gets to see. */
const PASSED_HEADERS = new Set(['content-type', 'cache-control', 'expires', 'pragma']);

/** Speaks CGI with `git http-backend`. Bodies are streamed both ways, as fast as the slower side takes them. */
export async function runHttpBackend(request: BackendRequest): Promise<BackendAnswer> {
  const settings = request.settings.flatMap((setting) => ['-c', setting]);
  const child = spawn('git', [...SAFE_GIT_SETTINGS, ...settings, 'http-backend'], {
    env: environmentOf(request),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: HAS_PROCESS_GROUPS,
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-MAX_COMPLAINT);
  });
  const ended = waitForEnd(child, request.signal).then(
    (exitCode) => ({ exitCode, complaint }),
    (error: unknown) => {
      throw error instanceof Error ? explainStartFailure(error) : error;
    },
  );
  ended.catch(() => {}); // who has gone does not ask any more
  feed(child, request.body);
  // Node throws away what a process has said when it ends and nobody listens just then.
  const output = child.stdout.pipe(new PassThrough());
  child.stdout.once('error', (error) => output.destroy(error));
  const reading = readHead(output);
  // A git that cannot be started says so first.
  const head = await Promise.race([reading, ended.then(() => reading)]);
  if (!head) {
    const end = await ended;
    request.signal.throwIfAborted();
    throw new Error(`git http-backend ended without an answer (${end.exitCode}): ${end.complaint}`);
  }
  const { status, headers, rest } = head;
  return { status, headers, body: outputAfter(rest, output), ended };
}

async function* outputAfter(first: Buffer, output: Readable): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  // A stream without an encoding gives buffers.
  yield* output as AsyncIterable<Buffer>;
}

function environmentOf({ root, path, service, method, headers, user }: BackendRequest): NodeJS.ProcessEnv {
  return {
    ...localGitEnvironment(),
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: method,
    PATH_INFO: `/${path}/${method === 'GET' ? 'info/refs' : service}`,
    QUERY_STRING: method === 'GET' ? `service=${service}` : '',
    REMOTE_USER: user,
    CONTENT_TYPE: headers.contentType ?? '',
    HTTP_CONTENT_ENCODING: headers.contentEncoding ?? '',
    GIT_PROTOCOL: headers.gitProtocol ?? '',
  };
}

/** Git may stop to listen before everything was said; the rest is then read and forgotten, or nobody hears its answer. */
function feed({ stdin }: ChildProcess, body: BackendRequest['body']): void {
  if (!stdin) return;
  stdin.on('error', () => {}); // how it ended says why
  if (!body) {
    stdin.end();
    return;
  }
  const { head, rest } = body;
  stdin.once('close', () => {
    rest.unpipe(stdin);
    rest.resume();
  });
  rest.once('error', () => stdin.destroy());
  if (head.length > 0) stdin.write(head);
  rest.pipe(stdin);
}

interface BackendHead {
  status: number;
  headers: Record<string, string>;
  /** What was read of the body. */
  rest: Buffer;
}

/** Header lines up to an empty one; undefined when the output ends before. */
async function readHead(output: Readable): Promise<BackendHead | undefined> {
  let bytes = Buffer.alloc(0);
  // A stream without an encoding gives buffers.
  for await (const chunk of output.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.indexOf('\r\n\r\n');
    if (end >= 0) return { ...parseHead(bytes.toString('latin1', 0, end)), rest: bytes.subarray(end + 4) };
    if (bytes.length > MAX_HEAD_BYTES) return undefined;
  }
  return undefined;
}

function parseHead(text: string): Omit<BackendHead, 'rest'> {
  const fields = text.split('\r\n').map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const status = Number.parseInt(fields.find(([name]) => name === 'status')?.[1] ?? '200', 10);
  return { status, headers: Object.fromEntries(fields.filter(([name]) => PASSED_HEADERS.has(name))) };
}
