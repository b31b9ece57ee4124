import { isNode } from '../formats/structured-text.ts';
import { isSame, matchKeys, shown, type ChangeList, type Direction } from './change-list.ts';
import { compareKeywords } from './schema-keyword-changes.ts';
import { branchKey, followReferences, viewSchema, type SchemaView } from './schema-view.ts';

/** Two documents whose schemas are compared, and where the findings go. */
export interface SchemaComparison {
  before: unknown;
  after: unknown;
  changes: ChangeList;
}

/** No definition that people write nests its schemas more deeply; hostile ones do. */
const MAX_DEPTH = 60;
/** Schemas that refer to each other can stand for far more than the text is long. */
const MAX_COMPARISONS = 10_000;

/** Compares two schemas of two documents for one direction. `path` names the place for people. */
export function compareSchemas(
  before: unknown,
  after: unknown,
  direction: Direction,
  path: string,
  comparison: SchemaComparison,
): void {
  new SchemaComparer(comparison, direction).compare(before, after, path, 0);
}

class SchemaComparer {
  private readonly comparison: SchemaComparison;
  private readonly direction: Direction;
  private readonly changes: ChangeList;
  /** Pairs that are being compared: recursive schemas come back to them. */
  private readonly open = new Map<unknown, Set<unknown>>();
  private comparisons = 0;

  constructor(comparison: SchemaComparison, direction: Direction) {
    this.comparison = comparison;
    this.direction = direction;
    this.changes = comparison.changes;
  }

  compare(before: unknown, after: unknown, path: string, depth: number): void {
    const left = followReferences(before, this.comparison.before).schema;
    const right = followReferences(after, this.comparison.after).schema;
    const others = this.open.get(left) ?? new Set();
    if (others.has(right)) return;
    if (depth > MAX_DEPTH || ++this.comparisons > MAX_COMPARISONS) {
      this.changes.addLimit('Some schemas are too deep or too many to be compared.');
      return;
    }
    this.open.set(left, others.add(right));
    this.compareViews(
      viewSchema(left, this.comparison.before),
      viewSchema(right, this.comparison.after),
      path,
      depth,
    );
    others.delete(right);
  }

  private compareViews(before: SchemaView, after: SchemaView, path: string, depth: number): void {
    if (before.unknownReference !== after.unknownReference) {
      this.changes.add('unclear', path, 'The schema is defined in another document on at least one side.');
      return;
    }
    if (!this.compareTypes(before, after, path)) return;
    this.compareEnumerations(before, after, path);
    this.compareProperties(before, after, path, depth);
    this.compareItems(before, after, path, depth);
    this.compareAdditional(before, after, path, depth);
    this.compareBranches(before, after, path, depth);
    compareKeywords(before.rest, after.rest, { direction: this.direction, path, changes: this.changes });
    if (after.isDeprecated && !before.isDeprecated)
      this.changes.add('compatible', path, 'Is deprecated now.');
  }

  /** False when the values have nothing in common any more, so that the rest tells nothing. */
  private compareTypes({ types: before }: SchemaView, { types: after }: SchemaView, path: string): boolean {
    if (before === undefined && after === undefined) return true;
    const isWider = isSubset(before, after);
    const isNarrower = isSubset(after, before);
    if (isWider && isNarrower) return true;
    const isFine = this.direction === 'request' ? isWider : isNarrower;
    const message = `The type changed from ${typeWords(before)} to ${typeWords(after)}.`;
    this.changes.add(isFine ? 'compatible' : 'breaking', path, message);
    return isWider || isNarrower;
  }

  private compareEnumerations(before: SchemaView, after: SchemaView, path: string): void {
    const isRequest = this.direction === 'request';
    const [left, right] = [before.enumeration, after.enumeration];
    if (left === undefined && right === undefined) return;
    if (left === undefined) {
      const message = `Only these values are allowed now: ${shown([...(right?.values() ?? [])])}.`;
      this.changes.add(isRequest ? 'breaking' : 'compatible', path, message);
      return;
    }
    if (right === undefined) {
      this.changes.add(
        isRequest ? 'compatible' : 'unclear',
        path,
        'Any value is allowed now, not only the listed ones.',
      );
      return;
    }
    for (const [key, value] of left) {
      if (right.has(key)) continue;
      this.changes.add(isRequest ? 'breaking' : 'compatible', path, `The value ${shown(value)} is gone.`);
    }
    for (const [key, value] of right) {
      // A consumer that knows all values meets one that it does not know.
      if (!left.has(key))
        this.changes.add(isRequest ? 'compatible' : 'unclear', path, `The value ${shown(value)} is new.`);
    }
  }

  private compareProperties(before: SchemaView, after: SchemaView, path: string, depth: number): void {
    matchKeys(before.properties, after.properties, {
      removed: (name, schema) => {
        if (!this.isHidden(schema, this.comparison.before)) this.addRemoved(before, after, name, path);
      },
      added: (name, schema) => {
        if (!this.isHidden(schema, this.comparison.after)) this.addAdded(after, name, path);
      },
      kept: (name, left, right) => {
        if (this.isHidden(left, this.comparison.before) && this.isHidden(right, this.comparison.after))
          return;
        const property = join(path, name);
        this.compareRequired(before.required.has(name), after.required.has(name), property);
        this.compare(left, right, property, depth + 1);
      },
    });
  }

  /** Whether a property does not take part in this direction. */
  private isHidden(schema: unknown, root: unknown): boolean {
    const { isReadOnly, isWriteOnly } = viewSchema(schema, root);
    return this.direction === 'request' ? isReadOnly : isWriteOnly;
  }

  private addRemoved(before: SchemaView, after: SchemaView, name: string, path: string): void {
    const property = join(path, name);
    if (this.direction === 'response') {
      this.changes.add('breaking', property, 'The field is gone from what comes back.');
    } else if (after.additional === false) {
      this.changes.add('breaking', property, 'The field is not accepted any more.');
    } else {
      const what = before.required.has(name) ? 'The required field' : 'The field';
      this.changes.add('unclear', property, `${what} is not described any more; it may be ignored.`);
    }
  }

  private addAdded(after: SchemaView, name: string, path: string): void {
    const isRequired = after.required.has(name);
    const isBreaking = this.direction === 'request' && isRequired;
    const message = isBreaking ? 'A new field has to be sent.' : 'The field is new.';
    this.changes.add(isBreaking ? 'breaking' : 'compatible', join(path, name), message);
  }

  private compareRequired(before: boolean, after: boolean, path: string): void {
    if (before === after) return;
    const isRequest = this.direction === 'request';
    if (after) this.changes.add(isRequest ? 'breaking' : 'compatible', path, 'The field is required now.');
    else this.changes.add(isRequest ? 'compatible' : 'breaking', path, 'The field may be left out now.');
  }

  private compareItems(before: SchemaView, after: SchemaView, path: string, depth: number): void {
    if (before.items === undefined && after.items === undefined) return;
    this.compare(before.items ?? {}, after.items ?? {}, `${path}[]`, depth + 1);
  }

  private compareAdditional(before: SchemaView, after: SchemaView, path: string, depth: number): void {
    const [left, right] = [additionalOf(before), additionalOf(after)];
    if (isSame(left, right)) return;
    if (isNode(left) && isNode(right)) this.compare(left, right, join(path, '*'), depth + 1);
    else if (right === false) {
      const level = this.direction === 'request' ? 'breaking' : 'compatible';
      this.changes.add(level, path, 'Other fields than the described ones are not allowed any more.');
    } else if (left === false) {
      this.changes.add('compatible', path, 'Other fields than the described ones are allowed now.');
    } else {
      this.changes.add('unclear', path, 'What other fields may hold changed.');
    }
  }

  private compareBranches(before: SchemaView, after: SchemaView, path: string, depth: number): void {
    if (before.branches.length === 0 && after.branches.length === 0) return;
    const isRequest = this.direction === 'request';
    const [left, right] = [byKey(before.branches), byKey(after.branches)];
    const removed = [...left].filter(([key]) => !right.has(key));
    const added = [...right].filter(([key]) => !left.has(key));
    for (const [key, branch] of left) {
      if (right.has(key)) this.compare(branch, right.get(key), `${path} (${nameOf(key)})`, depth + 1);
    }
    const [onlyRemoved, onlyAdded] = [removed[0], added[0]];
    if (removed.length === 1 && added.length === 1 && onlyRemoved !== undefined && onlyAdded !== undefined) {
      this.compare(onlyRemoved[1], onlyAdded[1], path, depth + 1);
      return;
    }
    for (const [key] of removed) {
      this.changes.add(
        isRequest ? 'breaking' : 'compatible',
        path,
        `The alternative ${nameOf(key)} is gone.`,
      );
    }
    for (const [key] of added) {
      this.changes.add(isRequest ? 'compatible' : 'unclear', path, `The alternative ${nameOf(key)} is new.`);
    }
  }
}

function isSubset(part: ReadonlySet<string> | undefined, whole: ReadonlySet<string> | undefined): boolean {
  if (whole === undefined) return true;
  if (part === undefined) return false;
  return [...part].every((type) => whole.has(type) || (type === 'integer' && whole.has('number')));
}

/** An absent keyword and an empty schema both allow any other field. */
function additionalOf({ additional }: SchemaView): unknown {
  return additional === undefined || isSame(additional, {}) ? true : additional;
}

function typeWords(types: ReadonlySet<string> | undefined): string {
  return types === undefined ? 'anything' : [...types].toSorted().join(' or ');
}

function join(path: string, name: string): string {
  return path.endsWith(' ') || path === '' ? `${path}${name}` : `${path}.${name}`;
}

function byKey(branches: readonly unknown[]): Map<string, unknown> {
  return new Map(branches.map((branch) => [branchKey(branch), branch]));
}

function nameOf(key: string): string {
  return key.startsWith('{') ? shown(key) : key;
}
