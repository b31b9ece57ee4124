/** A field of what an action takes or gives, as a row of a table. */
export interface SchemaField {
  /** Names from the outside in; `[]` stands for each entry of a list. */
  path: string;
  depth: number;
  /** In words: "string", "list of strings", "yes or no". */
  type: string;
  isRequired: boolean;
  /** As JSON; undefined without one. */
  defaultValue: string | undefined;
  description: string | undefined;
}

type Schema = Readonly<Record<string, unknown>>;

/** A schema may name itself; nobody reads deeper than this anyway. */
const maxDepth = 4;

/** The fields of an object schema with those of the objects in it, each under its own. */
export function schemaFields(schema: Schema): SchemaField[] {
  return fieldsOf(schema, { root: schema, prefix: '', depth: 0 });
}

interface Place {
  root: Schema;
  prefix: string;
  depth: number;
}

function fieldsOf(schema: Schema, { root, prefix, depth }: Place): SchemaField[] {
  if (depth >= maxDepth) return [];
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(asSchema(schema['properties'])).flatMap(([name, value]) => {
    const field = resolved(asSchema(value), root);
    const path = prefix + name;
    const description = field['description'];
    return [
      {
        path,
        depth,
        type: typeWords(field, root),
        isRequired: required.includes(name),
        defaultValue: 'default' in field ? JSON.stringify(field['default']) : undefined,
        description: typeof description === 'string' ? description : undefined,
      },
      ...fieldsOf(objectIn(field, root), {
        root,
        prefix: `${path}${isList(field) ? '[]' : ''}.`,
        depth: depth + 1,
      }),
    ];
  });
}

/** The object whose fields stand below a field: itself, or each entry of the list that it is. */
function objectIn(field: Schema, root: Schema): Schema {
  return isList(field) ? resolved(asSchema(field['items']), root) : field;
}

function isList(schema: Schema): boolean {
  return schema['type'] === 'array';
}

/** What a schema means, in the words of who fills it in. */
function typeWords(schema: Schema, root: Schema, depth = 0): string {
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => JSON.stringify(value)).join(' or ');
  if ('const' in schema) return JSON.stringify(schema['const']);
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices)) {
    if (depth >= maxDepth) return 'any value';
    const words = choices.map((choice) => typeWords(resolved(asSchema(choice), root), root, depth + 1));
    // Every kind of value there is: the schema of JSON itself.
    return words.includes('nothing') && words.includes('object')
      ? 'any value'
      : [...new Set(words)].join(' or ');
  }
  if (isList(schema)) {
    const entry = resolved(asSchema(schema['items']), root);
    return depth >= maxDepth || Object.keys(entry).length === 0
      ? 'list'
      : `list of ${typeWords(entry, root, depth + 1)}`;
  }
  const types = Array.isArray(schema['type']) ? schema['type'] : [schema['type']];
  return types.map((type) => plainWords[String(type)] ?? 'any value').join(' or ');
}

const plainWords: Record<string, string> = {
  string: 'string',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  object: 'object',
  null: 'nothing',
};

/** What a reference, or a list of one, stands for, with what is said beside it. */
function resolved(schema: Schema, root: Schema, steps = 0): Schema {
  if (steps > maxDepth) return {};
  const { allOf } = schema;
  if (Array.isArray(allOf) && allOf.length === 1) {
    return { ...resolved(asSchema(allOf[0]), root, steps + 1), ...without(schema, 'allOf') };
  }
  const name = /^#\/(?:definitions|\$defs)\/(.+)$/.exec(String(schema['$ref']))?.[1];
  if (name === undefined) return schema;
  const definitions = { ...asSchema(root['definitions']), ...asSchema(root['$defs']) };
  return { ...resolved(asSchema(definitions[name]), root, steps + 1), ...without(schema, '$ref') };
}

function without(schema: Schema, key: string): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key));
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
