import { parseRef, stringifyRef } from '@waymark/catalog-model';
import type { EndpointRequest, Entity, getEntityBadge } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { SerializedReply } from '../../platform/http/serialized-reply.ts';
import type { CatalogReader } from './catalog-reader.ts';
import { entityNotFound } from './entity-name.ts';

type BadgeInput = EndpointRequest<typeof getEntityBadge>;
type BadgeName = BadgeInput['params']['badge'];

/** Small pictures of an entity's facts, for READMEs. */
export interface EntityBadges {
  getBadge(caller: Caller, input: BadgeInput): Promise<SerializedReply>;
}

/** A README may show a badge this much longer than it is true. */
const MAX_AGE_SECONDS = 300;
const MAX_TEXT_LENGTH = 60;
const UNKNOWN_COLOR = 'lightgrey';
const LIFECYCLE_COLORS = new Map([
  ['production', 'brightgreen'],
  ['experimental', 'yellow'],
  ['deprecated', 'red'],
]);
/** Control characters may not stand in XML at all, escaped or not. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/gu;

export function createEntityBadges(reader: CatalogReader): EntityBadges {
  return {
    async getBadge(_caller, { params: { badge, ...name }, query: { style } }) {
      const { index, documents } = await reader.view();
      const ref = stringifyRef(name);
      const slot = index.slotOf(ref);
      const [json] = slot === undefined ? [] : await documents.read(index, [slot]);
      if (json === undefined) throw entityNotFound(ref);
      // The documents of the catalog were validated when they came in.
      const { message, color } = faceOf(badge, JSON.parse(json) as Entity);
      // Megabytes of widths of letters, for whoever shows badges.
      const { makeBadge } = await import('badge-maker');
      // The library escapes what it writes. It gets no links: a picture in a README leads nowhere.
      return new SerializedReply(makeBadge({ label: badge, message: toLabel(message), color, style }), {
        'content-type': 'image/svg+xml; charset=utf-8',
        'cache-control': `private, max-age=${MAX_AGE_SECONDS}`,
      });
    },
  };
}

function faceOf(
  badge: BadgeName,
  { kind, metadata, spec = {}, relations = [] }: Entity,
): { message: string; color: string } {
  const related = (type: string) => relations.filter((one) => one.type === type).map((one) => one.targetRef);
  const shown = (message: string | undefined, color = 'blue') =>
    message ? { message, color } : { message: 'none', color: UNKNOWN_COLOR };
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  switch (badge) {
    case 'owner':
      return shown(related('ownedBy').map(shortName).join(', '));
    case 'system':
      return shown(
        related('partOf')
          .filter((ref) => ref.startsWith('system:'))
          .map(shortName)
          .join(', '),
      );
    case 'type':
      return shown(text(spec['type']));
    case 'lifecycle':
      return shown(text(spec['lifecycle']), LIFECYCLE_COLORS.get(text(spec['lifecycle']) ?? ''));
    case 'catalog':
      return shown(`${kind} ${metadata.title ?? metadata.name}`);
  }
}

/** A ref as people say it: the namespace only where it is not the usual one. */
function shortName(ref: string): string {
  const { namespace, name } = parseRef(ref);
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

function toLabel(text: string): string {
  const characters = [...text.replace(UNPRINTABLE, ' ')];
  return characters.length > MAX_TEXT_LENGTH
    ? `${characters.slice(0, MAX_TEXT_LENGTH - 1).join('')}…`
    : characters.join('');
}
