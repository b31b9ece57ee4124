import { parseRef, stringifyRef } from '../../lib/entities/entity-ref.ts';

/** What somebody asked about: a whole reference, or a name that may stand for several. */
export type Asked = { isComplete: true; ref: string } | { isComplete: false; name: string };

/**
 * Reads what was typed. With a kind it is a reference; a name alone, or with a namespace, is not. An
 * address of an entity's page, which people paste, is a reference too.
 */
export function readAsked(text: string): Asked | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const fromPage = /\/catalog\/([^/?#\s]+)\/([^/?#\s]+)\/([^/?#\s]+)/.exec(trimmed);
  if (fromPage) {
    const [namespace = '', kind = '', name = ''] = fromPage.slice(1).map(decoded);
    return { isComplete: true, ref: stringifyRef({ kind, namespace, name }) };
  }
  if (/^[^\s:/]+:[^\s]+$/.test(trimmed)) return { isComplete: true, ref: stringifyRef(parseRef(trimmed)) };
  return { isComplete: false, name: trimmed };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
