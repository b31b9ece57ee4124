import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  EntityPolicies,
  DefaultNamespaceEntityPolicy,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { demoEpoch } from '../organisation/company.ts';
import { people } from '../organisation/people.ts';
import type { Commit } from './commits.ts';
import { demoRepositories, repositoryNames } from './demo-repositories.ts';
import { imperfections } from './imperfections.ts';

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

// The alpha entry of the package has no form that Node loads as an ES module.
const alphaKinds = createRequire(import.meta.url)('@backstage/catalog-model/alpha') as Record<
  'mcpServerApiEntityValidator' | 'skillAiResourceEntityV1alpha1Validator',
  { check(entity: Entity): Promise<boolean> }
>;
const kindValidators = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
  alphaKinds.skillAiResourceEntityV1alpha1Validator,
];

/** The validator of other APIs throws at one without a definition. */
function isMcpServer({ kind, spec }: Entity): boolean {
  return kind === 'API' && spec?.['type'] === 'mcp-server';
}

/** The platform's manifest is not of Backstage: its own tests say what is valid, here only its envelope is judged. */
function isPlatformManifest({ apiVersion }: Entity): boolean {
  return apiVersion === 'internal.platform/v1';
}

/** Nor are templates of the library that judges the others: the tests of the golden paths do. */
function isTemplate({ apiVersion }: Entity): boolean {
  return apiVersion === 'scaffolder.backstage.io/v1beta3';
}

interface DescriptorFile {
  repository: string;
  path: string;
  text: string;
}

/** What the field's own library makes of one file: its entities, or why not. */
async function judge({ text }: DescriptorFile): Promise<{ entities: Entity[]; problems: string[] }> {
  const entities: Entity[] = [];
  const problems: string[] = [];
  for (const document of parseAllDocuments(text)) {
    if (document.errors.length > 0) {
      problems.push(...document.errors.map(({ code }) => code));
      continue;
    }
    try {
      const entity = await policy.enforce(document.toJS() as Entity);
      if (entity === undefined) throw new Error('no policy decided');
      const validators = isMcpServer(entity) ? [alphaKinds.mcpServerApiEntityValidator] : kindValidators;
      const verdicts = await Promise.all(validators.map((validator) => validator.check(entity)));
      if (!verdicts.includes(true) && !isPlatformManifest(entity) && !isTemplate(entity))
        throw new Error(`no kind validator accepts ${entity.kind}`);
      entities.push(entity);
    } catch (error) {
      problems.push(String(error));
    }
  }
  return { entities, problems };
}

/** Files of a repository after its first `count` commits. */
function filesAfter(commits: readonly Commit[], count = commits.length): Map<string, string> {
  const files = new Map<string, string>();
  for (const commit of commits.slice(0, count)) {
    for (const [path, text] of commit.files) {
      if (text === undefined) files.delete(path);
      else files.set(path, text);
    }
  }
  return files;
}

const repositories = demoRepositories();

/** A descriptor inside a template has yet to be filled in, and is none. */
const isDescriptor = (path: string) =>
  path.startsWith('templates/')
    ? /^templates\/[^/]+\/template\.yaml$/.test(path)
    : path.endsWith('catalog-info.yaml');

const descriptorFiles: DescriptorFile[] = repositories.flatMap(({ name, commits }) =>
  [...filesAfter(commits)]
    .filter(([path]) => isDescriptor(path))
    .map(([path, text]) => ({ repository: name, path, text })),
);

const verdicts = await Promise.all(
  descriptorFiles.map(async (file) => ({ ...file, ...(await judge(file)) })),
);
const entities = verdicts.flatMap((verdict) => verdict.entities);
const refs = entities.map((entity) => stringifyEntityRef(entity));

/** References of an entity by field, with the kind that the field means when the reference names none. */
function referencesOf(entity: Entity): string[] {
  const defaultKinds: Record<string, string> = {
    owner: 'Group',
    system: 'System',
    domain: 'Domain',
    subdomainOf: 'Domain',
    subcomponentOf: 'Component',
    providesApis: 'API',
    consumesApis: 'API',
    dependsOn: '',
    parent: 'Group',
    children: 'Group',
    memberOf: 'Group',
  };
  const spec = entity.spec ?? {};
  return Object.entries(defaultKinds).flatMap(([field, defaultKind]) =>
    [spec[field]]
      .flat()
      .filter((ref) => typeof ref === 'string')
      .map((ref) =>
        parseEntityRef(ref, { defaultKind: defaultKind || undefined, defaultNamespace: 'default' }),
      )
      .map((ref) => stringifyEntityRef(ref)),
  );
}

describe('descriptors of the demo organisation', () => {
  it('are valid for Backstage but for the two files that README.md names', () => {
    const refused = verdicts.filter(({ problems }) => problems.length > 0);
    expect(
      refused.map(({ repository, path, problems }) => ({ file: `${repository}/${path}`, problems })),
    ).toEqual([
      {
        file: 'general-ledger/pipelines/ledger-audit-export/catalog-info.yaml',
        problems: ['BLOCK_AS_IMPLICIT_KEY'],
      },
      {
        file: 'regulatory-reporting/apps/filing-calendar/catalog-info.yaml',
        problems: [expect.stringContaining("must have required property 'lifecycle'")],
      },
    ]);
  });

  it('claim each reference once, but for the one that README.md names', () => {
    const claimedTwice = refs.filter((ref, index) => refs.indexOf(ref) !== index);
    expect(claimedTwice).toEqual(['component:default/currency-math']);
  });

  it('refer to what exists, but for what README.md names', () => {
    const dangling = entities.flatMap((entity) =>
      referencesOf(entity)
        .filter((ref) => !refs.includes(ref))
        .map((ref) => `${stringifyEntityRef(entity)} → ${ref}`),
    );
    expect(dangling.sort()).toEqual([
      'component:default/clearing-file-exporter → resource:default/bulk-channel-sftp',
      'component:default/fx-rate-sheet → group:default/merchant-tools',
      'user:default/dara.okonjwe → group:default/merchant-tools',
    ]);
  });

  it('describe a company of the promised size', () => {
    const counts = Object.groupBy(new Set(refs), (ref) => ref.slice(0, ref.indexOf(':')));
    const sizes = Object.fromEntries(Object.entries(counts).map(([kind, list]) => [kind, list?.length]));
    expect(sizes).toEqual({
      component: 150,
      api: 55,
      airesource: 1,
      service: 1,
      location: 1,
      template: 7,
      resource: 64,
      system: 25,
      domain: 9,
      group: 17,
      user: 60,
    });
  });

  it('tell of every component who owns it, what it is, and where to look next', () => {
    const bare = entities.filter(({ kind, metadata, spec }) => {
      if (kind !== 'Component') return false;
      const { tags, links, annotations, description, title } = metadata;
      const said = [
        title,
        description,
        tags?.length,
        links?.length,
        annotations,
        spec?.['owner'],
        spec?.['system'],
      ];
      return said.some((value) => !value);
    });
    expect(bare).toEqual([]);
  });

  it('have a documentation page wherever they promise one', () => {
    const missing = verdicts.flatMap(({ repository, path, entities: found }) => {
      const promised = found.some(
        ({ metadata }) => metadata.annotations?.['backstage.io/techdocs-ref'] === 'dir:.',
      );
      const page = path.replace('catalog-info.yaml', 'docs/index.md');
      const commits = repositories.find(({ name }) => name === repository)?.commits ?? [];
      return promised && !filesAfter(commits).has(page) ? [`${repository}/${page}`] : [];
    });
    expect(missing).toEqual([]);
  });

  it('lead nowhere but to addresses that are reserved for documentation', () => {
    const hosts = descriptorFiles.flatMap(({ text }) =>
      [...text.matchAll(/https?:\/\/([^/\s"']+)/g)].map(([, host]) => host),
    );
    expect(hosts.length).toBeGreaterThan(500);
    expect(hosts.filter((host) => !/(^|\.)ferrowick\.example\.com$/.test(host ?? ''))).toEqual([]);
  });
});

describe('history of the demo organisation', () => {
  it('gives each repository a handful of commits, in order, within the year before the epoch', () => {
    expect(repositories.map(({ name }) => name)).toEqual(repositoryNames);
    for (const { name, commits } of repositories) {
      expect(commits.length, name).toBeGreaterThanOrEqual(4);
      const times = commits.map(({ at }) => at.getTime());
      expect(times, name).toEqual(times.toSorted((left, right) => left - right));
      expect(times.at(-1), name).toBeLessThan(demoEpoch.getTime());
      expect(times[0], name).toBeGreaterThan(demoEpoch.getTime() - 366 * 24 * 3_600_000);
    }
  });

  it('changes something with every commit', () => {
    for (const { name, commits } of repositories) {
      commits.forEach((commit, index) => {
        expect(filesAfter(commits, index + 1), `${name}: ${commit.message}`).not.toEqual(
          filesAfter(commits, index),
        );
      });
    }
  });

  it('was valid at every moment until somebody made one of the documented mistakes', async () => {
    const mistakes = new Set(imperfections.map(({ repository, path }) => `${repository}/${path}`));
    for (const { name, commits } of repositories) {
      for (const commit of commits) {
        for (const [path, text] of commit.files) {
          if (!isDescriptor(path) || text === undefined) continue;
          const { problems } = await judge({ repository: name, path, text });
          if (!mistakes.has(`${name}/${path}`)) expect(problems, `${name}: ${commit.message}`).toEqual([]);
        }
      }
    }
  });

  it('names authors who belong to the team that owns the repository or what they changed', () => {
    const teamOf = new Map(people.map(({ displayName, memberOf }) => [displayName, memberOf[0]]));
    for (const { name, commits } of repositories.filter((repository) => repository.name !== 'org')) {
      const [owner] =
        filesAfter(commits)
          .get('.github/CODEOWNERS')
          ?.match(/(?<=ferrowick\/)\S+/) ?? [];
      expect(owner, name).toBeDefined();
      expect(
        commits.map(({ author }) => teamOf.get(author.name)),
        name,
      ).toEqual(commits.map(() => owner));
    }
  });

  it('is the same every time, and moves with the epoch', () => {
    expect(demoRepositories()).toEqual(repositories);
    const dayMs = 24 * 3_600_000;
    const [moved] = demoRepositories(new Date(demoEpoch.getTime() + dayMs));
    const [original] = repositories;
    const shifted = original?.commits.map(({ at }) => at.getTime() + dayMs);
    expect(moved?.commits.map(({ at }) => at.getTime())).toEqual(shifted);
  });
});
