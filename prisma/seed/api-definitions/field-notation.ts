import { company } from '../organisation/company.ts';

/** A JSON Schema node. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/**
 * The fields of a message in short notation: field name → type. A type is one of the scalar names below, a
 * message name (`Money`), a list (`Entry[]`) or an enumeration (`open|closed`); a trailing `?` on the field
 * name makes it optional.
 */
export type Fields = Readonly<Record<string, string>>;

/** Messages by name; every name that a field mentions has to be here or in {@link sharedMessages}. */
export type Messages = Readonly<Record<string, Fields>>;

/** One field, read from the short notation. */
export interface Field {
  name: string;
  isRequired: boolean;
  isList: boolean;
  type: { kind: 'scalar' | 'message'; name: string } | { kind: 'enumeration'; values: readonly string[] };
}

const scalarSchemas: Readonly<Record<string, JsonSchema>> = {
  text: { type: 'string' },
  uuid: { type: 'string', format: 'uuid' },
  date: { type: 'string', format: 'date' },
  time: { type: 'string', format: 'date-time' },
  email: { type: 'string', format: 'email' },
  url: { type: 'string', format: 'uri', examples: [`https://${company.host}/`] },
  integer: { type: 'integer', format: 'int64' },
  percent: { type: 'number', minimum: 0, maximum: 100 },
  number: { type: 'number' },
  yes: { type: 'boolean' },
  currency: { type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217', examples: ['EUR'] },
  country: { type: 'string', pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2', examples: ['NL'] },
  iban: { type: 'string', pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$' },
};

/** Messages that every API of the company may use without declaring them. */
export const sharedMessages: Messages = {
  Money: { minorUnits: 'integer', currency: 'currency' },
};

/**
 * Reads the short notation.
 * @throws Error for a lower-case name that is no scalar.
 */
export function readFields(fields: Fields): Field[] {
  return Object.entries(fields).map(([key, notation]) => {
    const isList = notation.endsWith('[]');
    const name = isList ? notation.slice(0, -2) : notation;
    return { name: key.replace(/\?$/, ''), isRequired: !key.endsWith('?'), isList, type: readType(name) };
  });
}

function readType(name: string): Field['type'] {
  if (name.includes('|')) return { kind: 'enumeration', values: name.split('|') };
  if (/^[A-Z]/.test(name)) return { kind: 'message', name };
  if (!(name in scalarSchemas)) throw new Error(`"${name}" is no scalar of the field notation`);
  return { kind: 'scalar', name };
}

/** Names of the messages that are reachable from `roots` through fields, roots included, each once. */
export function reachableMessages(messages: Messages, roots: readonly string[]): string[] {
  const seen = new Set<string>();
  const waiting = [...roots];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const field of readFields(messageNamed(messages, name))) {
      if (field.type.kind === 'message') waiting.push(field.type.name);
    }
  }
  return [...seen];
}

/**
 * The fields of one message, shared messages included.
 * @throws Error when nobody declared the message.
 */
export function messageNamed(messages: Messages, name: string): Fields {
  const fields = messages[name] ?? sharedMessages[name];
  if (fields === undefined) throw new Error(`message ${name} is used but not declared`);
  return fields;
}

/** JSON Schema of one message; other messages are referred to under `#/components/schemas/`. */
export function messageSchema(fields: Fields): JsonSchema {
  const all = readFields(fields);
  const required = all.filter((field) => field.isRequired).map((field) => field.name);
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(all.map((field) => [field.name, fieldSchema(field)])),
  };
}

function fieldSchema(field: Field): JsonSchema {
  const single = typeSchema(field.type);
  return field.isList ? { type: 'array', items: single } : single;
}

function typeSchema(type: Field['type']): JsonSchema {
  if (type.kind === 'enumeration') return { type: 'string', enum: [...type.values] };
  if (type.kind === 'message') return schemaReference(type.name);
  return { ...scalarSchemas[type.name] };
}

/** A reference to the schema of a message. */
export function schemaReference(message: string): JsonSchema {
  return { $ref: `#/components/schemas/${message}` };
}
