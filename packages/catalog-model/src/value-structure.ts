import { isPlaceholder } from './placeholder.ts';
import { hasInvisible, maxFindings, quote, type Finding } from './problem.ts';

/** Keys that reach an object's prototype when a value is copied or merged carelessly later on. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Longer flattened keys are never indexed (see {@link flattenFacts}), so they cannot collide either. */
export const maxFactKeyLength = 200;

/** What {@link inspectStructure} found out about a value. */
export interface StructureOutcome {
  findings: Finding[];
  /** Paths of the placeholders, whose later value nobody knows yet. */
  placeholders: string[][];
}

/**
 * Checks that a value is plain JSON which can be stored and indexed unchanged: depth, key names, text, numbers, and
 * no two flattened keys that differ only in case. Stops at the depth limit, so that no nesting overflows the stack.
 */
export function inspectStructure(value: unknown, maxDepth: number): StructureOutcome {
  const inspector = new StructureInspector(maxDepth);
  inspector.visit(value, '', 0);
  return inspector.outcome;
}

class StructureInspector {
  readonly outcome: StructureOutcome = { findings: [], placeholders: [] };
  private readonly maxDepth: number;
  private readonly path: string[] = [];
  private isTooDeep = false;
  /** Flattened keys in lower case, each with the spelling seen first. These three are always indexed. */
  private readonly spellings = new Map([
    ['metadata.name', 'metadata.name'],
    ['metadata.namespace', 'metadata.namespace'],
    ['metadata.uid', 'metadata.uid'],
  ]);

  constructor(maxDepth: number) {
    this.maxDepth = maxDepth;
  }

  visit(value: unknown, flatKey: string, depth: number): void {
    if (typeof value === 'string') {
      if (!isStorable(value)) this.addUnstorable(value);
      this.noteFlatKey(flatKey);
    } else if (value === null || typeof value === 'boolean' || Number.isFinite(value)) {
      this.noteFlatKey(flatKey);
    } else if (typeof value === 'object') {
      this.visitCollection(value, flatKey, depth + 1);
    } else {
      this.addNotJson(value);
    }
  }

  private visitCollection(value: object, flatKey: string, depth: number): void {
    if (this.isTooDeep) return;
    if (depth > this.maxDepth) {
      this.isTooDeep = true;
      this.add(tooDeep(this.maxDepth), 'value');
    } else if (Array.isArray(value)) {
      this.visitList(value, flatKey, depth);
    } else if (isPlainObject(value)) {
      if (isPlaceholder(value)) this.addPlaceholder();
      this.visitObject(value, flatKey, depth);
    } else {
      this.addNotJson(value);
    }
  }

  private visitList(list: readonly unknown[], flatKey: string, depth: number): void {
    for (let index = 0; index < list.length; index++) {
      const item = list[index];
      this.path.push(String(index));
      this.visit(item, flatKey, depth);
      if (typeof item === 'string' && flatKey.length + item.length < maxFactKeyLength) {
        const itemKey = `${flatKey}.${item}`;
        const lower = itemKey.toLowerCase();
        if (!this.spellings.has(lower)) this.spellings.set(lower, itemKey);
      }
      this.path.pop();
    }
  }

  private visitObject(object: Record<string, unknown>, flatKey: string, depth: number): void {
    const isIndexed = flatKey.length <= maxFactKeyLength;
    for (const key of Object.keys(object)) {
      this.path.push(key);
      if (forbiddenKeys.has(key)) this.add(forbiddenKey(key), 'key');
      if (!isStorable(key)) this.addUnstorable(key);
      else if (hasInvisible(key)) this.add(hiddenInKey(key), 'key', 'warning');
      const childKey = isIndexed ? (flatKey === '' ? key : `${flatKey}.${key}`) : flatKey;
      this.visit(object[key], childKey, depth);
      this.path.pop();
    }
  }

  private noteFlatKey(flatKey: string): void {
    if (flatKey.length > maxFactKeyLength) return;
    const lower = flatKey.toLowerCase();
    const spelling = this.spellings.get(lower);
    if (spelling === undefined) this.spellings.set(lower, flatKey);
    else if (spelling !== flatKey) this.add(ambiguousKey(flatKey, spelling), 'key');
  }

  private addPlaceholder(): void {
    if (this.outcome.placeholders.length < maxFindings) this.outcome.placeholders.push([...this.path]);
  }

  private addUnstorable(text: string): void {
    const what = text.includes('\0') ? 'a NUL character' : 'half of a surrogate pair';
    this.add({
      code: 'entity.not-json',
      message: `The text contains ${what}, which cannot be stored.`,
      hint: 'Remove the escape sequence that produces it.',
    });
  }

  private addNotJson(value: unknown): void {
    this.add({
      code: 'entity.not-json',
      message: `The value ${typeof value === 'object' ? 'is an object that' : quote(value)} cannot be stored as JSON.`,
      hint: 'Use text, a number, true, false, null, a list or a mapping; put quotes around anything else.',
    });
  }

  private add(
    finding: Pick<Finding, 'code' | 'message' | 'hint'>,
    at: Finding['at'] = 'value',
    level: Finding['level'] = 'error',
  ): void {
    if (this.outcome.findings.length >= maxFindings) return;
    this.outcome.findings.push({ level, ...finding, path: [...this.path], at });
  }
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The problem of a document that is nested more deeply than allowed. */
export function tooDeep(maxDepth: number): Pick<Finding, 'code' | 'message' | 'hint'> {
  return {
    code: 'yaml.too-deep',
    message: `The document is nested more than ${maxDepth} levels deep.`,
    hint: 'Flatten the structure; a descriptor rarely needs more than ten levels.',
  };
}

function forbiddenKey(key: string): Pick<Finding, 'code' | 'message' | 'hint'> {
  return {
    code: 'yaml.forbidden-key',
    message: `The key ${quote(key)} is not allowed, because JavaScript programs give it a special meaning.`,
    hint: 'Rename the key.',
  };
}

function hiddenInKey(key: string): Pick<Finding, 'code' | 'message' | 'hint'> {
  return {
    code: 'entity.probable-typo',
    message: `The key ${quote(key)} holds characters that cannot be seen, so it is not the field that it looks like.`,
    hint: `Type ${quote(key)} anew: text that was copied brings such characters along.`,
  };
}

function ambiguousKey(key: string, other: string): Pick<Finding, 'code' | 'message' | 'hint'> {
  return {
    code: 'entity.ambiguous-key',
    message: `The fields ${quote(other)} and ${quote(key)} differ only in upper and lower case.`,
    hint: 'Keep one of them: searching and filtering do not tell them apart.',
  };
}
