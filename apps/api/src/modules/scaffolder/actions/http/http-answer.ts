import { isUtf8 } from 'node:buffer';
import type { JsonObject, JsonValue } from '../../engine/json.ts';
import { TemplateFailure, type TemplateEngine } from '../../engine/template-engine.ts';
import type { ActionContext } from '../action.ts';

/** Headers that tell something of the answer and nothing of a session. */
const SHOWN_HEADERS = [
  ...['content-type', 'content-language', 'date', 'etag', 'last-modified', 'link', 'location'],
  ...['retry-after', 'x-request-id', 'x-correlation-id', 'x-total-count'],
];
const MAX_HEADER_CHARACTERS = 2_000;

/** What an answer gives to later steps. */
export async function answerOf(
  response: Response,
  engine: Pick<TemplateEngine, 'document'>,
  context: Pick<ActionContext, 'log' | 'signal'>,
): Promise<JsonObject> {
  const headers = SHOWN_HEADERS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value.slice(0, MAX_HEADER_CHARACTERS)] as const];
  });
  const body = await bodyOf(response, engine, context);
  return {
    ...{ status: response.status, headers: Object.fromEntries(headers) },
    ...(body === undefined ? {} : { body }),
  };
}

async function bodyOf(
  response: Response,
  engine: Pick<TemplateEngine, 'document'>,
  { log, signal }: Pick<ActionContext, 'log' | 'signal'>,
): Promise<JsonValue | undefined> {
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) {
    log.warn('The body of the answer is no text, and is left out');
    return undefined;
  }
  const text = bytes.toString('utf8');
  const type = response.headers.get('content-type') ?? '';
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(type)) return text;
  try {
    const source = { text, format: 'json', file: 'The answer' } as const;
    return await engine.document({ kind: 'convert', source, target: { format: 'value' } }, signal);
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    // What was sent was sent: a bad answer does not undo it.
    log.warn(`${error.problem.message} It is handed on as text.`);
    return text;
  }
}
