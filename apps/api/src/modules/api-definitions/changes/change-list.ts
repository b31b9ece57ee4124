import type { DefinitionChange } from '@waymark/contracts';

/** More is no list that somebody reads; the texts still show the rest. */
const MAX_CHANGES = 1000;

const order: Record<DefinitionChange['level'], number> = { breaking: 0, unclear: 1, compatible: 2 };

/**
 * Who writes the values that a schema describes. Of a `request` the consumer does, so it breaks when less is allowed;
 * of a `response` the provider does, so it breaks when something else than before may come.
 */
export type Direction = 'request' | 'response';

/** Collects what a comparison finds: each statement once. */
export class ChangeList {
  private readonly changes = new Map<string, DefinitionChange>();
  private readonly limits = new Set<string>();
  private omitted = 0;

  add(level: DefinitionChange['level'], path: string, message: string): void {
    const key = `${path}\n${message}`;
    if (this.changes.has(key)) return;
    if (this.changes.size < MAX_CHANGES) this.changes.set(key, { level, path, message });
    else this.omitted++;
  }

  /** Says that something was not compared; it is listed however many changes there are. */
  addLimit(message: string): void {
    this.limits.add(message);
  }

  /** Breaking changes first, then those that need a look; otherwise in the order in which they were found. */
  sorted(): DefinitionChange[] {
    const sorted = [...this.changes.values()].toSorted(
      (left, right) => order[left.level] - order[right.level],
    );
    const limits = [...this.limits];
    if (this.omitted > 0) limits.push(`${this.omitted} more changes are not listed.`);
    return [...sorted, ...limits.map((message) => ({ level: 'unclear' as const, path: '', message }))];
  }
}

/** A value in a message, short enough to read. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? 'nothing');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Equal as JSON, whatever the order of keys. */
export function isSame(left: unknown, right: unknown): boolean {
  return left === right || canonical(left) === canonical(right);
}

/** JSON with sorted keys. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, member: unknown) =>
      typeof member === 'object' && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).toSorted(([left], [right]) => (left < right ? -1 : 1)))
        : member,
    ) ?? 'undefined'
  );
}

/** Calls one of three for each key: in the first map only, in the second only, in both. */
export function matchKeys<Value>(
  before: ReadonlyMap<string, Value>,
  after: ReadonlyMap<string, Value>,
  visit: {
    removed: (key: string, value: Value) => void;
    added: (key: string, value: Value) => void;
    kept: (key: string, before: Value, after: Value) => void;
  },
): void {
  for (const [key, value] of before) {
    const other = after.get(key);
    if (other === undefined) visit.removed(key, value);
    else visit.kept(key, value, other);
  }
  for (const [key, value] of after) if (!before.has(key)) visit.added(key, value);
}
