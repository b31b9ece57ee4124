import { asList, asNode, isNode, resolvePointer, type Node } from '../formats/structured-text.ts';
import { canonical } from './change-list.ts';

/** A JSON Schema with its references followed, `allOf` merged, and the spellings of all versions made one. */
export interface SchemaView {
  /** Types that a value may have; undefined for any. `null` is one of them where the schema allows it. */
  types: Set<string> | undefined;
  enumeration: Map<string, unknown> | undefined;
  properties: Map<string, unknown>;
  required: Set<string>;
  items: unknown;
  /** `false` closes an object; a schema describes the values of other keys. */
  additional: unknown;
  /** The branches of `oneOf` and `anyOf`, without those that only allow null. */
  branches: unknown[];
  isReadOnly: boolean;
  isWriteOnly: boolean;
  isDeprecated: boolean;
  /** Every other keyword with a meaning. */
  rest: Node;
  /** A reference to another document, or to nothing: what it stands for is not known. */
  unknownReference?: string;
}

/** Keywords that say nothing about values. */
const silent = new Set([
  ...['title', 'description', 'example', 'examples', '$id', '$schema', '$comment', '$anchor', 'externalDocs'],
  ...['xml', '$defs', 'definitions', 'deprecated', 'readOnly', 'writeOnly', 'allOf', 'type', 'nullable'],
  ...['enum', 'const', 'properties', 'required', 'items', 'additionalProperties', 'oneOf', 'anyOf'],
]);

/** A chain of references, or `allOf` in `allOf`, longer than this goes in a circle. */
const MAX_STEPS = 50;

/** Follows the references of a schema to the object that describes it; the object tells equal schemas apart. */
export function followReferences(schema: unknown, root: unknown): { schema: unknown; unknown?: string } {
  let current = schema;
  for (let step = 0; step < MAX_STEPS; step++) {
    const reference = asNode(current)['$ref'];
    if (typeof reference !== 'string') return { schema: current };
    const target = resolvePointer(root, reference);
    if (target === undefined) return { schema: current, unknown: reference };
    current = target;
  }
  return { schema: {} };
}

/** Reads a schema (an object, or `true` and `false`) of a document. */
export function viewSchema(schema: unknown, root: unknown): SchemaView {
  const merged = mergeAll(schema, root, 0);
  const { node } = merged;
  const alternatives = asList(node['oneOf'] ?? node['anyOf']);
  const branches = alternatives.filter((branch) => !isNullOnly(followReferences(branch, root).schema));
  const isNullable = node['nullable'] === true || branches.length < alternatives.length;
  const only = branches.length === 1 && node['type'] === undefined ? branches[0] : undefined;
  if (only !== undefined) {
    // `oneOf: [X, null]` is a nullable X.
    const rest = Object.fromEntries(
      Object.entries(node).filter(([key]) => key !== 'oneOf' && key !== 'anyOf'),
    );
    return viewSchema({ allOf: [only, { ...rest, ...(isNullable ? { nullable: true } : {}) }] }, root);
  }
  return {
    types: typesOf(node, isNullable),
    enumeration: enumerationOf(node),
    properties: new Map(Object.entries(asNode(node['properties']))),
    required: new Set(asList(node['required']).filter((name) => typeof name === 'string')),
    items: node['items'],
    additional: node['additionalProperties'],
    branches,
    isReadOnly: node['readOnly'] === true,
    isWriteOnly: node['writeOnly'] === true,
    isDeprecated: node['deprecated'] === true,
    rest: Object.fromEntries(
      Object.entries(node).filter(([key]) => !silent.has(key) && !key.startsWith('x-')),
    ),
    ...(merged.unknown === undefined ? {} : { unknownReference: merged.unknown }),
  };
}

/** One schema that says what a schema and its `allOf` say together. */
function mergeAll(schema: unknown, root: unknown, step: number): { node: Node; unknown?: string } {
  const followed = followReferences(schema, root);
  if (followed.unknown !== undefined) return { node: {}, unknown: followed.unknown };
  if (followed.schema === false) return { node: { not: {} } };
  const node = asNode(followed.schema);
  const parts = asList(node['allOf']);
  if (parts.length === 0 || step > MAX_STEPS) return { node };
  let unknown: string | undefined;
  let result: Node = {};
  for (const part of [...parts, { ...node, allOf: undefined }]) {
    const merged = mergeAll(part, root, step + 1);
    unknown ??= merged.unknown;
    result = mergeTwo(result, merged.node);
  }
  return { node: result, ...(unknown === undefined ? {} : { unknown }) };
}

function mergeTwo(left: Node, right: Node): Node {
  const properties = { ...asNode(left['properties']) };
  for (const [name, schema] of Object.entries(asNode(right['properties']))) {
    properties[name] = name in properties ? { allOf: [properties[name], schema] } : schema;
  }
  return {
    ...left,
    ...right,
    properties,
    required: [...asList(left['required']), ...asList(right['required'])],
  };
}

function isNullOnly(schema: unknown): boolean {
  const type = asNode(schema)['type'];
  return type === 'null' || (Array.isArray(type) && type.length === 1 && type[0] === 'null');
}

function typesOf(node: Node, isNullable: boolean): Set<string> | undefined {
  const written = node['type'];
  const list = (Array.isArray(written) ? written : [written]).filter((type) => typeof type === 'string');
  const types = new Set<string>(list.length > 0 ? list : impliedTypes(node));
  if (types.size === 0) return undefined;
  if (isNullable) types.add('null');
  if (types.has('number')) types.delete('integer');
  return types;
}

/** People leave `type` out where the keywords beside it say it. */
function impliedTypes(node: Node): string[] {
  if (Object.keys(asNode(node['properties'])).length > 0) return ['object'];
  return node['items'] === undefined ? [] : ['array'];
}

function enumerationOf(node: Node): SchemaView['enumeration'] {
  const values = 'const' in node ? [node['const']] : node['enum'];
  if (!Array.isArray(values)) return undefined;
  return new Map(values.map((value: unknown) => [canonical(value), value]));
}

/** The branch's name where it has one: branches are matched by it. */
export function branchKey(branch: unknown): string {
  if (!isNode(branch)) return canonical(branch);
  const reference = branch['$ref'];
  if (typeof reference === 'string') return reference.split('/').at(-1) ?? reference;
  return typeof branch['title'] === 'string' ? branch['title'] : canonical(branch);
}
