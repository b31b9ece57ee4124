import { randomBytes } from 'node:crypto';
import type { HandlesInContext } from './run-context.ts';
import { storableText } from '../engine/storable-text.ts';
import { shapesOf } from './secret-shapes.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../engine/json.ts';

/**
 * Secrets of one run. Templates never see a value: they see a handle, which is nothing but itself however it is
 * encoded, cut or turned round. Only an input that an action declares as secret gets the value for it.
 */
export interface SecretHandles {
  /** What expressions see under `secrets`. */
  readonly handles: JsonObject;
  /**
   * An input with its handles turned into values where secrets are allowed.
   *
   * @returns the names of inputs with a secret where none is allowed
   */
  readonly resolve: (
    input: JsonObject,
    secretInputs: readonly string[],
  ) => { input: JsonObject; misplaced: string[] };
  /** A text as it is written down: with values and handles blotted out, and without what cannot be stored. */
  readonly redact: (text: string) => string;
  /** The same for every text in a value, names of members included. */
  readonly redactValue: <Value extends JsonValue>(value: Value) => Value;
}

/** What stands in a log for a secret. */
const BLOT = '***';

export function createSecretHandles(secrets: Readonly<Record<string, string>>): SecretHandles {
  const mark = randomBytes(12).toString('hex');
  const byHandle = new Map(
    Object.entries(secrets).map(([, value], index) => [`waymark-secret-${mark}-${index};`, value] as const),
  );
  const handles = Object.fromEntries(
    Object.keys(secrets).map((name, index) => [name, [...byHandle.keys()][index] ?? '']),
  );
  const shapes = [...new Set([...byHandle].flatMap(([handle, value]) => [handle, ...shapesOf(value)]))].sort(
    (left, right) => right.length - left.length,
  );
  const redact = (text: string) =>
    shapes.reduce((rest, shape) => rest.replaceAll(shape, BLOT), storableText(text));
  const hasHandle = (value: JsonValue): boolean => JSON.stringify(value).includes(`waymark-secret-${mark}-`);

  return {
    handles,
    resolve(input, secretInputs) {
      const resolved: JsonObject = {};
      const misplaced: string[] = [];
      for (const [name, value] of Object.entries(input)) {
        if (!hasHandle(value)) resolved[name] = value;
        else if (secretInputs.includes(name)) resolved[name] = withValues(value, byHandle);
        else misplaced.push(name);
      }
      return { input: resolved, misplaced };
    },
    redact,
    // Texts become texts: the shape of the value stays.
    redactValue: <Value extends JsonValue>(value: Value) => mapTexts(value, redact, redact) as Value,
  };
}

/** Handles for the secrets of a run and for those of the configuration, each where expressions look for them. */
export function secretsInContext(
  ofRun: Readonly<Record<string, string>>,
  ofEnvironment: Readonly<Record<string, string>>,
): { secrets: SecretHandles; handles: HandlesInContext } {
  const secrets = createSecretHandles({ ...named('run', ofRun), ...named('environment', ofEnvironment) });
  const handlesOf = (owner: SecretOwner, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, secrets.handles[`${owner} ${name}`] ?? '']));
  return {
    secrets,
    handles: {
      secrets: handlesOf('run', Object.keys(ofRun)),
      environment: handlesOf('environment', Object.keys(ofEnvironment)),
    },
  };
}

type SecretOwner = 'run' | 'environment';

/** Under names that those of another owner cannot have. */
function named(owner: SecretOwner, secrets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`${owner} ${name}`, value]));
}

function withValues(value: JsonValue, byHandle: ReadonlyMap<string, string>): JsonValue {
  return mapTexts(value, (text) =>
    [...byHandle].reduce((rest, [handle, secret]) => rest.replaceAll(handle, secret), text),
  );
}

function mapTexts(
  value: JsonValue,
  change: (text: string) => string,
  changeName: (name: string) => string = (name) => name,
): JsonValue {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, changeName));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [changeName(name), mapTexts(item, change, changeName)]),
  );
}
