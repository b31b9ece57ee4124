import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { readExactNumber } from './exact-number.ts';
import { keyText } from './node-position.ts';
import { maxFindings, type Locate, type TextProblem } from './problem.ts';
import {
  duplicateKey,
  inexactNumber,
  keyNotText,
  mergeKey,
  selfReference,
  unknownAlias,
  unsupportedTag,
} from './yaml-explanations.ts';

/** Tags of the core schema, which say what a value is anyway, and `!`, which says that it is plain text. */
const supportedTags = new Set([
  '!',
  ...['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
]);

/**
 * Finds in the tree of a parsed document what its value no longer shows: keys that repeat or are no text, numbers
 * that lost digits, tags, and aliases to nowhere. Expects a tree of bounded depth.
 */
export function inspectNodes(root: unknown, locate: Locate): NodeInspection {
  const inspector = new NodeInspector(locate);
  inspector.visit(root);
  return inspector.outcome;
}

/** What {@link inspectNodes} found. */
export interface NodeInspection {
  problems: TextProblem[];
  /** Offset of the first alias; 0 when there is none. */
  firstAlias: number;
}

type Explanation = Omit<TextProblem, 'offset' | 'path'>;

class NodeInspector {
  readonly outcome: NodeInspection = { problems: [], firstAlias: 0 };
  private readonly locate: Locate;
  private readonly path: string[] = [];
  private readonly anchors = new Set<string>();
  private readonly openAnchors = new Set<string>();

  constructor(locate: Locate) {
    this.locate = locate;
  }

  visit(node: unknown): void {
    if (isAlias(node)) {
      this.outcome.firstAlias ||= startOf(node);
      if (this.openAnchors.has(node.source)) this.add(selfReference(node.source), node);
      else if (!this.anchors.has(node.source)) this.add(unknownAlias(node.source), node);
      return;
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return;
    if (node.tag !== undefined && !supportedTags.has(node.tag)) this.add(unsupportedTag(node.tag), node);
    if (isScalar(node)) {
      if (typeof node.value === 'number') this.checkNumber(node.source ?? '', node);
    } else {
      if (node.anchor !== undefined) this.openAnchors.add(node.anchor);
      if (isMap(node)) this.visitMap(node);
      else node.items.forEach((item, index) => this.visitChild(String(index), item));
      if (node.anchor !== undefined) this.openAnchors.delete(node.anchor);
    }
    if (node.anchor !== undefined) this.anchors.add(node.anchor);
  }

  private visitMap(map: YAMLMap): void {
    const lines = new Map<string, number>();
    for (const pair of map.items) {
      const key = this.visitKey(pair);
      if (key === undefined) {
        this.visit(pair.value);
        continue;
      }
      const firstOffset = lines.get(key);
      if (firstOffset === undefined) lines.set(key, startOf(pair.key));
      else this.addAt(duplicateKey(key, this.locate(firstOffset).line), pair.key, [...this.path, key]);
      this.visitChild(key, pair.value);
    }
  }

  /** The key as the property name that it becomes, or `undefined` when it cannot become one. */
  private visitKey({ key }: Pair): string | undefined {
    if (!isScalar(key)) {
      this.addAt(keyNotText(), key, this.path);
      return undefined;
    }
    // A number becomes the text of its value: one that lost digits would be another key.
    if (typeof key.value === 'number') this.checkNumber(key.source ?? '', key);
    const name = keyText(key.value);
    if (name === '<<' && key.type === 'PLAIN') this.add(mergeKey(), key);
    if (key.anchor !== undefined) this.anchors.add(key.anchor);
    return name;
  }

  private visitChild(key: string, node: unknown): void {
    this.path.push(key);
    this.visit(node);
    this.path.pop();
  }

  private checkNumber(source: string, node: Node): void {
    // The explicit tags !!int and !!float may force a quoted text into a number.
    if (readExactNumber(source) === undefined) this.add(inexactNumber(source), node);
  }

  private add(explanation: Explanation, node: unknown): void {
    this.addAt(explanation, node, this.path);
  }

  private addAt(explanation: Explanation, node: unknown, path: readonly string[]): void {
    if (this.outcome.problems.length >= maxFindings) return;
    const place = path.length > 0 ? { path: [...path] } : {};
    this.outcome.problems.push({ ...explanation, offset: startOf(node), ...place });
  }
}

function startOf(node: unknown): number {
  return isAlias(node) || isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? 0) : 0;
}
