import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';

/** An answer of a stand-in for GitHub. */
export interface GitHubAnswer {
  method: string;
  /** The path as GitHub writes it for the operation, e.g. `/orgs/{org}/repos`. */
  operation: string;
  status: number;
  contentType: string | undefined;
  /** What the JSON says, the bytes of anything else; undefined when there are none. */
  body: unknown;
}

/** GitHub's own description of its REST API. */
export interface GitHubSchema {
  /** The operation behind a path of the API; undefined when GitHub has none there. */
  operationOf(method: string, pathname: string): string | undefined;
  /** In what an answer differs from the description; empty when in nothing. */
  differences(answer: GitHubAnswer): string[];
}

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

interface Reply {
  $ref?: string;
  content?: Record<string, { schema: Schema }>;
}

interface Description {
  paths: Record<string, Record<string, { responses: Record<string, Reply> }>>;
  components: { responses: Record<string, Reply> };
}

type Resolve = <Part extends { $ref?: string }>(part: Part) => Part;

/** What any call may be answered, as GitHub's guides say; its description repeats it for few operations. */
const REPLIES_ANYWHERE: Record<number, string> = {
  304: 'not_modified',
  401: 'requires_authentication',
  403: 'forbidden',
  404: 'not_found',
  429: 'forbidden',
};

/** Where `scripts/ensure-vendor-schemas.mjs` leaves it, below its version. */
const VENDOR_SCHEMAS = join(import.meta.dirname, '../../../../node_modules/.cache/vendor-schemas');

function findDescription(): string {
  const [path] = globSync('*/node_modules/@octokit/openapi/generated/api.github.com.json', {
    cwd: VENDOR_SCHEMAS,
  });
  if (path !== undefined) return join(VENDOR_SCHEMAS, path);
  throw new Error(
    "GitHub's description is not here. Run `node scripts/ensure-vendor-schemas.mjs`, or `npm test`.",
  );
}

/**
 * Reads the description: 13 MB, so for the tests of the stand-ins alone. It says nothing of headers but their names,
 * nor of the raw media types.
 */
export function loadGitHubSchema(): GitHubSchema {
  // Not by `import`: the compiler would infer a type from all of it.
  const description = createRequire(import.meta.url)(findDescription()) as Description;
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, formats: fullFormats });
  ajv.addSchema(description, 'github');
  const operations = Object.keys(description.paths).map(toOperation);
  const compiled = new Map<Schema, ValidateFunction>();

  const resolve: Resolve = (part) => {
    if (part.$ref === undefined) return part;
    const keys = part.$ref.slice('#/'.length).split('/');
    const found = keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], description);
    return resolve(found as typeof part);
  };

  function validatorOf(schema: Schema): ValidateFunction {
    const absolute = JSON.stringify(schema).replaceAll('"$ref":"#', '"$ref":"github#');
    const validate = compiled.get(schema) ?? ajv.compile(JSON.parse(absolute) as Schema);
    compiled.set(schema, validate);
    return validate;
  }

  return {
    operationOf(method, pathname) {
      const [found] = operations
        .filter(
          ({ pattern, path }) => pattern.test(pathname) && description.paths[path]?.[method.toLowerCase()],
        )
        .sort((left, right) => left.parameters - right.parameters);
      return found?.path;
    },
    differences({ method, operation, status, contentType, body }) {
      const replies = description.paths[operation]?.[method.toLowerCase()]?.responses;
      const found = replies?.[status] ?? description.components.responses[REPLIES_ANYWHERE[status] ?? ''];
      if (!replies || !found) return [`${method} ${operation} has no answer ${status}`];
      const { content } = resolve(found);
      if (!content) return body === undefined ? [] : [`${status} has no body`];
      const type = contentType?.split(';')[0] ?? 'nothing';
      const schema = content[type]?.schema;
      if (!schema) return [`the content type is ${type}, not ${Object.keys(content).join(' or ')}`];
      const validate = validatorOf(schema);
      const violations = validate(body) ? [] : (validate.errors ?? []);
      return [
        ...violations.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`),
        ...unknownFields(resolve, [schema], body),
      ];
    },
  };
}

/**
 * Fields that the description does not know. It forbids none, but on one that GitHub does not send nobody may build.
 */
function unknownFields(resolve: Resolve, schemas: readonly Schema[], value: unknown, place = ''): string[] {
  const variants = schemas.flatMap((schema) => variantsOf(resolve, schema));
  if (Array.isArray(value)) {
    const items = variants.flatMap((variant) => variant.items ?? []);
    return value.flatMap((item, index) => unknownFields(resolve, items, item, `${place}/${index}`));
  }
  const described = variants.map(({ properties }) => properties).filter((found) => found !== undefined);
  const isOpen = described.length === 0 || variants.some((variant) => variant.additionalProperties);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const known = described.flatMap((properties) => properties[key] ?? []);
    if (known.length === 0) return isOpen ? [] : [`${place}/${key} is unknown`];
    return unknownFields(resolve, known, part, `${place}/${key}`);
  });
}

/** A schema and all that it is composed of. */
function variantsOf(resolve: Resolve, schema: Schema): Schema[] {
  const own = resolve(schema);
  const parts = [...(own.allOf ?? []), ...(own.anyOf ?? []), ...(own.oneOf ?? [])];
  return [own, ...parts.flatMap((part) => variantsOf(resolve, part))];
}

function toOperation(path: string): { path: string; pattern: RegExp; parameters: number } {
  const parts = path.split(/\{(\w+)\}/);
  const source = parts.map((part, index) => {
    if (index % 2 === 0) return part.replace(/[^\w/-]/g, String.raw`\$&`);
    // These alone hold slashes.
    return part === 'path' || part === 'ref' ? '.+' : '[^/]+';
  });
  return { path, pattern: new RegExp(`^${source.join('')}$`), parameters: (parts.length - 1) / 2 };
}
