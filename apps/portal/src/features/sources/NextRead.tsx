import type { Source } from '@waymark/contracts';
import { RelativeTime } from '@waymark/ui';

/** When a source is read next; a planned time that has passed means that it waits for its turn. */
export function NextRead({ source: { nextReadAt } }: { source: Source }) {
  if (nextReadAt === undefined) return '–';
  return new Date(nextReadAt) <= new Date() ? 'Due' : <RelativeTime at={nextReadAt} />;
}
