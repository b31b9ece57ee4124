import { countText, numberText } from '@waymark/ui';
import { isJsonObject } from './json.ts';
import type { ValidationIssue } from './validation-issues.ts';

/**
 * What is wrong with an answer, for the person who gave it. A template may say it in its own words with
 * `errorMessage`: one text for everything, or one for each rule and, under `required`, for each field.
 */
export function issueWords({ keyword, parameter, schema, path }: ValidationIssue): string {
  return ownWords(schema['errorMessage'], keyword, path.at(-1)) ?? words(keyword, parameter, schema);
}

function ownWords(written: unknown, keyword: string, name: string | undefined): string | undefined {
  if (typeof written === 'string') return written;
  if (!isJsonObject(written)) return undefined;
  const forRule = written[keyword];
  if (typeof forRule === 'string') return forRule;
  if (isJsonObject(forRule) && name !== undefined) {
    const forField = forRule[name];
    return typeof forField === 'string' ? forField : undefined;
  }
  return undefined;
}

const formatWords: Readonly<Record<string, string>> = {
  email: 'Write it as an e-mail address, such as name@example.com.',
  uri: 'Write it as a web address, such as https://example.com.',
  url: 'Write it as a web address, such as https://example.com.',
  date: 'Write it as a date, such as 2026-05-31.',
  time: 'Write it as a time, such as 14:30:00Z.',
  'date-time': 'Write it as a date and time, such as 2026-05-31T14:30:00Z.',
  hostname: 'Write it as a host name, such as shop.example.com.',
  ipv4: 'Write it as an IPv4 address, such as 10.0.0.1.',
  ipv6: 'Write it as an IPv6 address, such as 2001:db8::1.',
  uuid: 'Write it as a UUID, such as 123e4567-e89b-12d3-a456-426614174000.',
  regex: 'Write it as a regular expression.',
};

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'a group of answers',
  null: 'empty',
};

type Words = (parameter: number) => string;

const limitWords: Readonly<Record<string, Words>> = {
  minLength: (limit) => (limit === 1 ? 'Fill this in.' : `Write at least ${countText(limit, 'character')}.`),
  maxLength: (limit) => `Write at most ${countText(limit, 'character')}.`,
  minimum: (limit) => `It must be ${numberText(limit)} or more.`,
  maximum: (limit) => `It must be ${numberText(limit)} or less.`,
  exclusiveMinimum: (limit) => `It must be more than ${numberText(limit)}.`,
  exclusiveMaximum: (limit) => `It must be less than ${numberText(limit)}.`,
  multipleOf: (limit) =>
    limit === 1 ? 'It must be a whole number.' : `It must be a multiple of ${String(limit)}.`,
  minItems: (limit) =>
    limit === 1 ? 'Add at least one.' : `Add at least ${countText(limit, 'entry', 'entries')}.`,
  maxItems: (limit) => `There may be at most ${countText(limit, 'entry', 'entries')}.`,
};

const plainWords: Readonly<Record<string, string>> = {
  required: 'Fill this in.',
  uniqueItems: 'Each entry may be there only once.',
  enum: 'Choose one of the values offered.',
  oneOf: 'These answers fit more than one of the choices, or none.',
  anyOf: 'These answers fit none of the choices.',
  not: 'This value is not allowed here.',
  false: 'This is not a field of the form.',
};

function words(keyword: string, parameter: unknown, schema: Record<string, unknown>): string {
  const limit = limitWords[keyword];
  if (limit && typeof parameter === 'number') return limit(parameter);
  switch (keyword) {
    case 'pattern':
      return patternWords(parameter, schema['examples']);
    case 'format':
      return formatWords[String(parameter)] ?? `Write it in the format ${String(parameter)}.`;
    case 'type':
      return `It must be ${[parameter].flat().map(typeWord).join(' or ')}.`;
    case 'const':
      return `It must be ${JSON.stringify(parameter)}.`;
    default:
      return plainWords[keyword] ?? `This breaks the rule ${keyword}.`;
  }
}

/** A pattern says little to most people; an example of the template's author says what it is about. */
function patternWords(pattern: unknown, examples: unknown): string {
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined;
  const suchAs = typeof example === 'string' ? `, such as “${example}”` : '';
  return `It must match the pattern “${String(pattern)}”${suchAs}.`;
}

function typeWord(type: unknown): string {
  return typeWords[String(type)] ?? String(type);
}
