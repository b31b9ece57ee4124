import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import extractConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { beforeAll, describe, expect, it } from 'vitest';
import { rulesBrokenBy } from './fixture-header.ts';

const packageDirectory = join(import.meta.dirname, '..');
const repositoryDirectory = join(packageDirectory, '../..');
const fixtureDirectory = join(packageDirectory, 'fixtures/dependencies');

/** Every fixture is unreachable on purpose but for a few, so this rule is compared one way only. */
const reachabilityRule = 'no-orphan-files';

let configuration: IConfiguration;

async function cruiseTree(
  directory: string,
  folders: string[],
  forbidden = configuration.forbidden ?? [],
): Promise<ICruiseResult> {
  const { output } = await cruise(
    folders,
    {
      ...configuration.options,
      baseDir: directory,
      validate: true,
      ruleSet: { forbidden },
      tsConfig: { fileName: join(directory, 'tsconfig.json') },
    },
    configuration.options?.enhancedResolveOptions,
    { tsConfig: extractTsConfig(join(directory, 'tsconfig.json')) },
  );
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered with text: ${output}`);
  return output;
}

/** `file: rule` of everything that dependency-cruiser found wrong, sorted. */
function violationsOf(result: ICruiseResult): string[] {
  const found = result.summary.violations.map(({ from, to, rule }) =>
    rule.name === reachabilityRule ? `${to}: ${rule.name}` : `${from}: ${rule.name}`,
  );
  return [...new Set(found)].sort();
}

/** `file: rule` of everything that the fixtures' first lines claim to break, sorted. */
function claimsOf(result: ICruiseResult): string[] {
  return result.modules
    .filter(({ source }) => /^(apps|packages|prisma)\/.+\.tsx?$/.test(source))
    .flatMap(({ source }) =>
      rulesBrokenBy(readFileSync(join(fixtureDirectory, source), 'utf8')).map((rule) => `${source}: ${rule}`),
    )
    .sort();
}

const isComparable = (line: string, claims: string[]): boolean =>
  !line.endsWith(`: ${reachabilityRule}`) || claims.includes(line);

describe('dependency rules', () => {
  let fixtures: ICruiseResult;
  let claims: string[];

  beforeAll(async () => {
    configuration = await extractConfiguration(join(packageDirectory, 'dependency-cruiser.cjs'));
    fixtures = await cruiseTree(fixtureDirectory, ['apps', 'packages']);
    claims = claimsOf(fixtures);
  });

  it('all stop the build', () => {
    expect(configuration.forbidden?.filter(({ severity }) => severity !== 'error')).toEqual([]);
  });

  it('each have a fixture that breaks them, and each fixture names an existing rule', () => {
    const claimed = new Set(claims.map((claim) => claim.split(': ')[1]));
    expect([...claimed].sort()).toEqual(configuration.forbidden?.map(({ name }) => name).sort());
  });

  it('find every violation of the fixtures, and none in the well-behaved files', () => {
    const violations = violationsOf(fixtures).filter((line) => isComparable(line, claims));
    expect(violations).toEqual(claims);
  });

  it('leave files alone that an entry point reaches', () => {
    expect(violationsOf(fixtures)).not.toContain(
      `apps/api/src/modules/orders/orders.service.ts: ${reachabilityRule}`,
    );
  });

  it('are missed when any of them is switched off', async () => {
    const rules = configuration.forbidden ?? [];
    for (const { name } of rules) {
      const weakened = rules.filter((rule) => rule.name !== name);
      const violations = violationsOf(await cruiseTree(fixtureDirectory, ['apps', 'packages'], weakened));
      const missed = claims.filter((claim) => !violations.includes(claim));
      expect(missed, `without ${name}`).toEqual(claims.filter((claim) => claim.endsWith(`: ${name}`)));
    }
  }, 60_000);

  it('see the modules of the real tree and what they import', async () => {
    const { modules } = await cruiseTree(repositoryDirectory, ['apps', 'packages', 'prisma']);
    const own = modules.filter(({ source }) => /^(apps|packages|prisma)\//.test(source));
    const importing = own.filter(
      ({ source, dependencies }) => /\.tsx?$/.test(source) && dependencies.length > 0,
    );
    expect(importing.length).toBeGreaterThan(20);
    expect(importing.map(({ source }) => source)).toContain('packages/contracts/src/entity-queries.ts');
    expect(own.filter(({ source }) => source.includes('/fixtures/'))).toEqual([]);
  }, 60_000);
});
