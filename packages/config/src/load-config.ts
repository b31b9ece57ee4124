import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { ConfigError, formatKey, type ConfigProblem } from './config-error.ts';
import { substitute } from './substitute.ts';

export interface LoadConfigOptions {
  /** Of the YAML file; without one the environment and the schema's defaults decide. */
  file?: string | undefined;
  /** Wins over the file: each key of the schema that names a variable (`.meta({ env: 'PORT' })`) reads it. */
  env: Readonly<Record<string, string | undefined>>;
  /**
   * Keys that a file may have for another program: `backend` with all below it, or `app.*` for everything
   * in `app` that the schema does not know. They are reported, not refused.
   */
  ignoredKeys?: readonly string[];
}

export interface LoadedConfig<Value> {
  config: Value;
  /** Keys of the file that were ignored, in the order of the file. */
  ignored: string[];
}

type Section = Record<string, unknown>;

const MAX_FILE_BYTES = 1_000_000;

/**
 * Reads the configuration: defaults of the schema, then the file with environment variables substituted,
 * then the environment.
 *
 * @throws ConfigError that names every unknown key, wrong value and missing variable
 */
export function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  { file, env, ignoredKeys = [] }: LoadConfigOptions,
): LoadedConfig<z.output<Schema>> {
  const written = file === undefined ? {} : readYaml(file);
  const ignored: string[] = [];
  const kept = dropIgnored(written, schema, { ignoredKeys, ignored, path: [] });
  const problems: ConfigProblem[] = [];
  // A mapping stays one.
  const substituted = substitute(kept, env, problems) as Section;
  const variables = new Map<string, string>();
  applyEnvironment(substituted, schema, { env, variables, path: [] });
  const parsed = schema.safeParse(substituted);
  if (!parsed.success) {
    const known = new Set(problems.map(({ key }) => key));
    const found = parsed.error.issues.flatMap((issue) => explain(issue, schema, variables));
    problems.push(...found.filter(({ key }) => !known.has(key)));
  }
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems, file);
  return { config: parsed.data, ignored };
}

function readYaml(file: string): Section {
  const fail = (expected: string) => new ConfigError([{ key: '(file)', expected }], file);
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw fail(`the file cannot be read (${code})`);
  }
  if (Buffer.byteLength(content) > MAX_FILE_BYTES) throw fail(`expected at most ${MAX_FILE_BYTES} bytes`);
  const document = parseDocument(content, { prettyErrors: false, uniqueKeys: true, merge: true });
  const [firstError] = document.errors;
  if (firstError !== undefined) {
    const line = content.slice(0, firstError.pos[0]).split('\n').length;
    throw fail(`line ${line} is not valid YAML (${firstError.code})`);
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (value === null || value === undefined) return {};
  if (!isSection(value)) throw fail('expected keys and values at the top of the file');
  return value;
}

function dropIgnored(
  section: Section,
  schema: z.ZodObject,
  context: { ignoredKeys: readonly string[]; ignored: string[]; path: string[] },
): Section {
  const kept: Section = {};
  for (const [key, value] of Object.entries(section)) {
    const path = [...context.path, key];
    const child: unknown = schema.shape[key];
    const isIgnored = [path.join('.'), [...context.path, '*'].join('.')].some((pattern) =>
      context.ignoredKeys.includes(pattern),
    );
    if (child === undefined && isIgnored) {
      context.ignored.push(formatKey(path));
      continue;
    }
    const inner = objectIn(child);
    kept[key] =
      inner !== undefined && isSection(value) ? dropIgnored(value, inner, { ...context, path }) : value;
  }
  return kept;
}

/** Sets what the environment gives, and remembers which variable gave which key. */
function applyEnvironment(
  section: Section,
  schema: z.ZodObject,
  context: { env: LoadConfigOptions['env']; variables: Map<string, string>; path: string[] },
): void {
  for (const [key, child] of Object.entries(schema.shape)) {
    const path = [...context.path, key];
    const inner = objectIn(child);
    if (inner !== undefined) {
      const existing = section[key] ?? {};
      if (!isSection(existing)) continue;
      applyEnvironment(existing, inner, { ...context, path });
      if (Object.keys(existing).length > 0) section[key] = existing;
      continue;
    }
    const variable = variableOf(child);
    const value = variable === undefined ? undefined : context.env[variable];
    // A variable set to nothing counts as not set, as in `PORT= npm start`.
    if (variable === undefined || value === undefined || value === '') continue;
    section[key] = value;
    context.variables.set(formatKey(path), variable);
  }
}

/** The object schema inside a section, through its default or optional wrappers. */
function objectIn(schema: unknown): z.ZodObject | undefined {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? inner : undefined;
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrap(schema.unwrap());
  }
  return schema;
}

function variableOf(schema: unknown): string | undefined {
  for (let current = schema; current instanceof z.ZodType;) {
    const env = current.meta()?.['env'];
    if (typeof env === 'string') return env;
    const inner = unwrapOnce(current);
    if (inner === undefined) return undefined;
    current = inner;
  }
  return undefined;
}

function unwrapOnce(schema: z.ZodType): unknown {
  const isWrapper =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return isWrapper ? schema.unwrap() : undefined;
}

function explain(
  issue: z.core.$ZodIssue,
  schema: z.ZodObject,
  variables: Map<string, string>,
): ConfigProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      key: formatKey([...issue.path, name]),
      expected: `unknown key${didYouMean(name, knownKeys(schema, issue.path))}`,
    }));
  }
  const key = formatKey(issue.path);
  const variable = variables.get(key);
  // Zod's own messages name types and options, never the value. That of a union says less than its parts.
  const expected = issue.message.replace(/^Invalid input: /, '');
  return [{ key, expected, ...(variable === undefined ? {} : { variable }) }];
}

function knownKeys(schema: z.ZodObject, path: readonly PropertyKey[]): string[] {
  let current: unknown = schema;
  for (const part of path) {
    const inner = unwrap(current);
    if (typeof part === 'number' && inner instanceof z.ZodArray) current = inner.element;
    else if (inner instanceof z.ZodObject) current = inner.shape[String(part)];
    else return [];
  }
  return Object.keys(objectIn(current)?.shape ?? {});
}

function didYouMean(name: string, known: string[]): string {
  const near = known.find((candidate) => distance(name.toLowerCase(), candidate.toLowerCase()) <= 2);
  if (near !== undefined) return `; did you mean ${near}?`;
  return known.length === 0 ? '' : `; expected one of ${known.join(', ')}`;
}

/** Edit distance of two short words (Levenshtein). */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [leftIndex, letter] of [...left].entries()) {
    const next = [leftIndex + 1];
    for (const [rightIndex, other] of [...right].entries()) {
      const replaced = (row[rightIndex] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[rightIndex + 1] ?? 0) + 1, (next[rightIndex] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
