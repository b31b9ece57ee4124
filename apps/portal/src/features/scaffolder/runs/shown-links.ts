import type { Run } from '@waymark/contracts';
import { stringifyRef, parseRef } from '../../../lib/entities/entity-ref.ts';

/** A link of a run's outcome: to an entity's page, or out of the portal. */
export type ShownLink =
  | { kind: 'entity'; ref: string; title: string | undefined }
  | { kind: 'address'; url: string; title: string | undefined };

/** The links that a template gives, as far as a click on them is harmless; then what it registered, once. */
export function shownLinks({ links, entityRef }: Pick<Run, 'links' | 'entityRef'>): ShownLink[] {
  const shown = links.flatMap(({ title, url, entityRef: ref }): ShownLink[] => {
    if (ref !== undefined && ref !== '') return [{ kind: 'entity', ref: stringifyRef(parseRef(ref)), title }];
    const address = url === undefined ? undefined : webAddress(url);
    return address === undefined ? [] : [{ kind: 'address', url: address, title }];
  });
  const isNamed = shown.some((link) => link.kind === 'entity' && link.ref === entityRef);
  if (entityRef === undefined || isNamed) return shown;
  return [{ kind: 'entity', ref: entityRef, title: undefined }, ...shown];
}

function webAddress(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed !== null && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : undefined;
}
