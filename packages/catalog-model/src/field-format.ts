import { CommonValidatorFunctions, makeValidator, type Entity } from '@backstage/catalog-model';
import { isRecord } from './entity-ref.ts';
import { maxFindings, quote, type FieldPath, type Finding } from './problem.ts';

const formats = makeValidator();

/** A format rule in words: what the value has to be, and an example or a corrected value to use. */
interface FormatRule {
  isValid: (value: string) => boolean;
  expectation: string;
  hint: (value: string) => string;
}

/** The longest name, namespace, tag, label value, and name part of a key. */
const maxNameLength = 63;

const nameExpectation =
  'letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, at most 63 characters';

const rules = {
  apiVersion: {
    isValid: (value) => formats.isValidApiVersion(value),
    expectation: 'a version with an optional domain in front',
    hint: () => 'Write for example "backstage.io/v1alpha1".',
  },
  kind: {
    isValid: (value) => formats.isValidKind(value),
    expectation: 'letters and digits beginning with a letter, at most 63 characters',
    hint: () => 'Write for example "Component".',
  },
  name: {
    isValid: (value) => formats.isValidEntityName(value),
    expectation: nameExpectation,
    hint: (value) =>
      suggest(value, /[^A-Za-z0-9_.-]+/g, 'Write for example "my-service"; metadata.title may be any text.'),
  },
  namespace: {
    isValid: (value) => formats.isValidNamespace(value),
    expectation: 'lower-case letters and digits separated by "-", at most 63 characters',
    hint: (value) =>
      suggest(
        value.toLowerCase(),
        /[^a-z0-9-]+/g,
        'Write for example "payments", or remove the line for "default".',
      ),
  },
  key: {
    isValid: (value) => formats.isValidLabelKey(value),
    expectation: `a name of ${nameExpectation}, with an optional lower-case domain and "/" in front`,
    hint: () => 'Write for example "example.com/tier".',
  },
  labelValue: {
    isValid: (value) => formats.isValidLabelValue(value),
    expectation: `empty, or ${nameExpectation}`,
    hint: () => 'Shorten or simplify the value, or move it to metadata.annotations, which takes any text.',
  },
  tag: {
    isValid: (value) => formats.isValidTag(value),
    expectation:
      'lower-case letters, digits, ":", "+" and "#", in parts separated by "-", at most 63 characters',
    hint: (value) => suggest(value.toLowerCase(), /[^a-z0-9:+#]+/g, 'Write for example "java" or "tier-1".'),
  },
  url: {
    isValid: (value) => CommonValidatorFunctions.isValidUrl(value),
    expectation: 'a complete URL',
    hint: () => 'Write the whole address, for example "https://example.com/runbook".',
  },
  notBlank: {
    isValid: (value) => CommonValidatorFunctions.isNonEmptyString(value),
    expectation: 'some text',
    hint: () => 'Give it a value or remove the line.',
  },
} satisfies Record<string, FormatRule>;

/** Offers the value with everything that is not allowed turned into single hyphens, when that helps. */
function suggest(value: string, notAllowed: RegExp, otherwise: string): string {
  const corrected = value
    .replace(notAllowed, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
    .slice(0, maxNameLength);
  const isHelpful = corrected !== '' && corrected !== value && formats.isValidEntityName(corrected);
  return isHelpful ? `Write "${corrected}".` : otherwise;
}

/** Schemes whose links run code, however the scheme is spelt with spaces and control characters in it. */
const codeSchemes = /^(?:javascript|vbscript|data):/i;
const scriptSchemes = /^(?:javascript|vbscript):/i;

/**
 * Checks the format of the fields that every entity has, as Backstage's `FieldFormatEntityPolicy` does, but reports
 * every violation. Values of the wrong type or empty where text is needed are left to the schema.
 */
export function checkFieldFormats(entity: Entity): Finding[] {
  const findings: Finding[] = [];
  const { metadata } = entity;
  check(findings, rules.apiVersion, entity.apiVersion, ['apiVersion']);
  check(findings, rules.kind, entity.kind, ['kind']);
  check(findings, rules.name, metadata.name, ['metadata', 'name']);
  check(findings, rules.namespace, metadata.namespace, ['metadata', 'namespace']);
  checkKeysAndValues(findings, metadata.labels, ['metadata', 'labels'], (value, path) =>
    check(findings, rules.labelValue, value, path),
  );
  checkKeysAndValues(findings, metadata.annotations, ['metadata', 'annotations'], (value, path) => {
    if (typeof value === 'string' && usesScheme(value, scriptSchemes)) findings.push(unsafeLink(value, path));
  });
  if (Array.isArray(metadata.tags)) {
    for (const [index, tag] of metadata.tags.entries()) {
      check(findings, rules.tag, tag, ['metadata', 'tags', String(index)]);
      if (findings.length >= maxFindings) return findings;
    }
  }
  if (Array.isArray(metadata.links)) {
    for (const [index, link] of metadata.links.entries()) {
      checkLink(findings, link, ['metadata', 'links', String(index)]);
      if (findings.length >= maxFindings) return findings;
    }
  }
  return findings;
}

function checkKeysAndValues(
  findings: Finding[],
  map: unknown,
  path: FieldPath,
  checkValue: (value: unknown, path: FieldPath) => void,
): void {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return;
  for (const [key, value] of Object.entries(map)) {
    const entryPath = [...path, key];
    if (!rules.key.isValid(key)) findings.push(violation(rules.key, key, entryPath, 'key'));
    checkValue(value, entryPath);
    if (findings.length >= maxFindings) return;
  }
}

function checkLink(findings: Finding[], link: unknown, path: FieldPath): void {
  if (!isRecord(link)) return;
  const { url, title, icon } = link;
  check(findings, rules.url, url, [...path, 'url']);
  check(findings, rules.notBlank, title, [...path, 'title']);
  check(findings, rules.notBlank, icon, [...path, 'icon']);
  if (typeof url === 'string' && usesScheme(url, codeSchemes)) {
    findings.push(unsafeLink(url, [...path, 'url']));
  }
}

function check(findings: Finding[], rule: FormatRule, value: unknown, path: FieldPath): void {
  if (typeof value !== 'string') return;
  if (value === '' && rule !== rules.labelValue) return;
  if (!rule.isValid(value)) findings.push(violation(rule, value, path, 'value'));
}

function violation(rule: FormatRule, value: string, path: FieldPath, at: Finding['at']): Finding {
  const what = at === 'key' ? `The key ${quote(value)}` : quote(value);
  const isOnlyTooLong = value.length > maxNameLength && rule.isValid(value.slice(0, maxNameLength - 1) + 'x');
  return {
    level: 'error',
    code: 'entity.invalid',
    message: isOnlyTooLong
      ? `${what} has ${value.length} characters; at most ${maxNameLength} are allowed.`
      : `${what} is not allowed here: expected ${rule.expectation}.${nameLookalike(value)}`,
    hint: rule.hint(value),
    path,
    at,
  };
}

/** Names a letter that is none of the Latin alphabet: on the screen nothing tells a Cyrillic "о" from an "o". */
function nameLookalike(value: string): string {
  const foreign = /(?!\p{Script=Latin})\p{L}/u.exec(value)?.[0];
  if (foreign === undefined) return '';
  const code = (foreign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return ` The letter "${foreign}" is U+${code}, not the Latin one that it may look like.`;
}

/** Browsers drop tabs, line breaks and leading control characters of a URL before they read its scheme. */
function usesScheme(value: string, schemes: RegExp): boolean {
  const colon = value.indexOf(':');
  if (colon < 0 || colon > 100) return false;
  let scheme = '';
  for (const character of value.slice(0, colon + 1)) if (character > ' ') scheme += character;
  return schemes.test(scheme);
}

function unsafeLink(value: string, path: FieldPath): Finding {
  return {
    level: 'error',
    code: 'entity.unsafe-link',
    message: `The link ${quote(value)} would run code in the browser of whoever opens it.`,
    hint: 'Use an https:// address.',
    path,
    at: 'value',
  };
}
