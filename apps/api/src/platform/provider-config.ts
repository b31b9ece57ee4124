import { isRecord } from '@waymark/catalog-model';
import { flag, oneOf, text } from '@waymark/config';
import { z } from 'zod';
import { patternProblem } from './linear-pattern.ts';

const MAX_PATTERN_LENGTH = 500;

/** Members of Backstage that have no effect here: Waymark has one schedule, and pages by itself. */
const withoutEffect = z.unknown().optional();

/** A regular expression as text, of those that cannot run for long: names that it judges come from anybody. */
const pattern = text('expected a regular expression')
  .max(MAX_PATTERN_LENGTH, {
    error: `expected a regular expression of at most ${MAX_PATTERN_LENGTH} characters`,
  })
  .superRefine((source, context) => {
    const problem = patternProblem(source);
    if (problem === undefined) return;
    const message = `expected a regular expression of RE2, which has no lookaround and no back references: ${problem}`;
    context.addIssue({ code: 'custom', message });
  });

const names = z.array(text('expected a name'), { error: 'expected a list of names' });

const visibility = z.array(oneOf(['public', 'internal', 'private']), {
  error: 'expected a list of public, internal and private',
});

/** `catalog.providers.github.<id>`, as in Backstage. */
const githubProvider = z.strictObject({
  organization: text('expected the name of an organisation'),
  host: text('expected a host name').default('github.com'),
  catalogPath: text('expected a path or glob').default('/catalog-info.yaml'),
  filters: z
    .strictObject({
      branch: text('expected the name of a branch').optional(),
      repository: pattern.optional(),
      topic: z.strictObject({ include: names.default([]), exclude: names.default([]) }).prefault({}),
      allowForks: flag().default(true),
      allowArchived: flag().default(false),
      visibility: visibility.optional(),
    })
    .prefault({}),
  schedule: withoutEffect,
  validateLocationsExist: withoutEffect,
  pageSizes: withoutEffect,
});

/** `catalog.providers.githubOrg`, as in Backstage. */
const githubOrgProvider = z.strictObject({
  id: text('expected a name').default('default'),
  githubUrl: z
    .url({ protocol: /^https?$/, error: 'expected a URL, for example https://github.com' })
    .default('https://github.com'),
  orgs: names.min(1, { error: 'expected at least one organisation' }),
  schedule: withoutEffect,
  pageSizes: withoutEffect,
});

/** `catalog.providers.gitlab.<id>`, as in Backstage. */
const gitlabProvider = z.strictObject({
  host: text('expected a host name').default('gitlab.com'),
  group: text('expected the path of a group').optional(),
  branch: text('expected the name of a branch').optional(),
  fallbackBranch: text('expected the name of a branch').default('master'),
  entityFilename: text('expected a path or glob').default('catalog-info.yaml'),
  projectPattern: pattern.optional(),
  groupPattern: z.union([pattern, z.array(pattern)], { error: 'expected a regular expression' }).optional(),
  userPattern: pattern.optional(),
  excludeRepos: names.default([]),
  topics: z.string().optional(),
  skipForkedRepos: flag().default(false),
  includeArchivedRepos: flag().default(false),
  orgEnabled: flag().default(false),
  schedule: withoutEffect,
  membership: withoutEffect,
  useSearch: withoutEffect,
  simple: withoutEffect,
  relations: withoutEffect,
  allowInherited: withoutEffect,
  includeUsersWithoutSeat: withoutEffect,
  restrictUsersToGroup: withoutEffect,
});

/** `catalog.providers`. What is not listed here is another provider of Backstage and has no effect. */
export const providersSchema = z.strictObject({
  github: oneOrNamed(githubProvider, 'organization').prefault({}),
  githubOrg: oneOrList(githubOrgProvider).prefault([]),
  gitlab: oneOrNamed(gitlabProvider, 'host').prefault({}),
});

/** Webhook connections: who may deliver to `/api/ingest/<type>/<name>`. */
export const ingestSchema = z.strictObject({
  connections: z
    .array(
      z.strictObject({
        name: text('expected a name').regex(/^[A-Za-z0-9._-]{1,100}$/, {
          error: 'expected a name of letters, digits, dots and dashes',
        }),
        type: oneOf(['github', 'gitlab']),
        secret: text('expected a secret').min(8, { error: 'expected a secret of at least 8 characters' }),
      }),
    )
    .default([])
    .superRefine((connections, context) => {
      const seen = new Set<string>();
      for (const [index, { type, name }] of connections.entries()) {
        if (seen.has(`${type}/${name}`)) {
          const message = 'expected a name that no other connection of this type has';
          context.addIssue({ code: 'custom', path: [index, 'name'], message });
        }
        seen.add(`${type}/${name}`);
      }
    }),
});

/** Providers by their id; a provider that stands there without an id is called `default`. */
function oneOrNamed<Schema extends z.ZodObject>(schema: Schema, telltale: string) {
  return z.unknown().transform((value, context): Record<string, z.output<Schema>> => {
    if (!isRecord(value)) return fail(context, 'expected a provider, or providers by name');
    const isSingle = typeof value[telltale] === 'string';
    const parsed: Record<string, z.output<Schema>> = {};
    for (const [id, provider] of isSingle ? [['default', value] as const] : Object.entries(value)) {
      const result = parseAt(schema, provider, isSingle ? [] : [id], context);
      if (result !== undefined) parsed[id] = result;
    }
    return parsed;
  });
}

function oneOrList<Schema extends z.ZodObject>(schema: Schema) {
  return z.unknown().transform((value, context): z.output<Schema>[] => {
    if (!Array.isArray(value) && !isRecord(value)) {
      return fail(context, 'expected a provider, or a list of them');
    }
    const parsed: z.output<Schema>[] = [];
    const providers: unknown[] = Array.isArray(value) ? value : [value];
    for (const [index, provider] of providers.entries()) {
      const result = parseAt(schema, provider, Array.isArray(value) ? [index] : [], context);
      if (result !== undefined) parsed.push(result);
    }
    return parsed;
  });
}

type Issues = Pick<z.RefinementCtx, 'addIssue'>;

/** Parses a part, and tells its errors under their own keys. */
function parseAt<Schema extends z.ZodObject>(
  schema: Schema,
  value: unknown,
  at: PropertyKey[],
  context: Issues,
): z.output<Schema> | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const known = Object.keys(schema.shape).join(', ');
  for (const issue of result.error.issues) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
    for (const key of keys) {
      const path = [...at, ...issue.path, ...(key === undefined ? [] : [key])];
      const isTop = issue.path.length === 0;
      const message =
        key === undefined ? issue.message : `unknown key${isTop ? `; expected one of ${known}` : ''}`;
      context.addIssue({ code: 'custom', path, message: message.replace(/^Invalid input: /, '') });
    }
  }
  return undefined;
}

function fail(context: Issues, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
