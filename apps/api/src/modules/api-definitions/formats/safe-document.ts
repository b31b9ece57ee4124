import { asList, isNode, type Node } from './structured-text.ts';

/** Keys that reach an object's prototype in careless viewers. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Fields whose text becomes a link. */
const linkKeys = new Set([
  'url',
  'termsOfService',
  'authorizationUrl',
  'tokenUrl',
  'refreshUrl',
  'openIdConnectUrl',
]);

/** Names of these belong to the author of a definition: `description` in `properties` is a property, no prose. */
const mapsOfNames = new Set([
  'properties',
  'patternProperties',
  'schemas',
  'definitions',
  '$defs',
  'responses',
]);

/** Code of Markdown, where markup is shown and not rendered. */
const code = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/;

/**
 * Markdown without what could run or load something: raw HTML becomes text, a picture becomes a link to it.
 * Viewers sanitise again; this is the first of two doors.
 */
export function safeMarkdown(text: string): string {
  return text
    .split(code)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('![', '[')))
    .join('');
}

/** Whether a link leads to a page or a mail address and to nothing that runs. Relative ones do, too. */
function isSafeLink(text: string): boolean {
  const scheme = /^[\s\u0000-\u0020]*([^/?#]*?):/u
    .exec(text)?.[1]
    ?.replace(/[\s\u0000-\u0020]/gu, '')
    .toLowerCase();
  return (
    scheme === undefined || ['http', 'https', 'mailto', 'ws', 'wss', 'kafka', 'amqp', 'mqtt'].includes(scheme)
  );
}

/**
 * A copy of a document that is safe to hand to a viewer: prose without HTML, no links that run code, no reference that
 * leads out of it (a viewer would fetch it), no keys that touch a prototype.
 *
 * @param proseKeys - Fields that the viewer renders as Markdown.
 */
export function safeDocument(root: Node, proseKeys: readonly string[] = ['description']): Node {
  return new SafeCopy(proseKeys).copyNode(root, '');
}

class SafeCopy {
  private readonly proseKeys: readonly string[];
  /** Aliases of YAML share objects, and their copies do, too. */
  private readonly copies = new Map<object, unknown>();

  constructor(proseKeys: readonly string[]) {
    this.proseKeys = proseKeys;
  }

  copyNode(node: Node, parentKey: string): Node {
    const copy: Node = {};
    this.copies.set(node, copy);
    const reference = node['$ref'];
    if (typeof reference === 'string' && !reference.startsWith('#')) {
      copy['description'] = `Defined in another document, which is not read: ${safeMarkdown(reference)}`;
      return copy;
    }
    const holdsNames = mapsOfNames.has(parentKey);
    for (const [key, value] of Object.entries(node)) {
      if (!forbiddenKeys.has(key)) copy[key] = this.copyValue(value, holdsNames ? '' : key);
    }
    return copy;
  }

  private copyValue(value: unknown, key: string): unknown {
    if (typeof value === 'string') return this.safeText(value, key);
    if (typeof value !== 'object' || value === null) return value;
    const known = this.copies.get(value);
    if (known !== undefined) return known;
    if (isNode(value)) return this.copyNode(value, key);
    const list: unknown[] = [];
    this.copies.set(value, list);
    for (const item of asList(value)) list.push(this.copyValue(item, key));
    return list;
  }

  private safeText(text: string, key: string): string {
    if (linkKeys.has(key) && !isSafeLink(text)) return '';
    return this.proseKeys.includes(key) ? safeMarkdown(text) : text;
  }
}
