import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEslintConfig } from './eslint-config.ts';
import { rulesBrokenBy } from './fixture-header.ts';

const repositoryDirectory = join(import.meta.dirname, '../../..');
const fixtureDirectory = join(import.meta.dirname, '../fixtures/lint');
const configuration = createEslintConfig({ rootDirectory: fixtureDirectory, projects: ['./tsconfig.json'] });

/** Rules that parts of our own switch on: each must have a fixture. */
const ownRules = new Set(
  configuration
    .filter(({ name }) => name?.startsWith('waymark/'))
    .flatMap(({ rules }) => Object.entries(rules ?? {}))
    .filter(([, setting]) => setting !== 'off')
    .map(([rule]) => rule),
);

/** `file: rule` of everything that ESLint found wrong in the fixtures, sorted. */
async function lintFixtures(overrides: Linter.RulesRecord = {}, files = ['.']): Promise<string[]> {
  const overrideConfig = [...configuration, { files: ['**/*.{ts,tsx,mjs}'], rules: overrides }];
  const eslint = new ESLint({ cwd: fixtureDirectory, overrideConfigFile: true, overrideConfig });
  const results = await eslint.lintFiles(files);
  const found = results.flatMap(({ filePath, messages }) =>
    messages
      // A warning does not stop the build.
      .filter(({ severity }) => severity === 2)
      .map(({ ruleId, message }) => `${relative(fixtureDirectory, filePath)}: ${ruleId ?? message}`),
  );
  return [...new Set(found)].sort();
}

/** `file: rule` of everything that the fixtures' first lines claim to break, sorted. */
function claims(): string[] {
  return globSync('**/*.{ts,tsx,mjs}', { cwd: fixtureDirectory })
    .flatMap((file) =>
      rulesBrokenBy(readFileSync(join(fixtureDirectory, file), 'utf8')).map((rule) => `${file}: ${rule}`),
    )
    .sort();
}

const fileOf = (claim: string): string => claim.slice(0, claim.indexOf(': '));

describe('lint rules', () => {
  let claimed: string[];

  beforeAll(() => {
    claimed = claims();
  });

  it('each have a fixture that breaks them', () => {
    const broken = new Set(claimed.map((claim) => claim.split(': ')[1]));
    expect([...ownRules].filter((rule) => !broken.has(rule))).toEqual([]);
    expect(ownRules.size).toBeGreaterThan(25);
  });

  it('find every violation of the fixtures, and none in the well-behaved files', async () => {
    expect(await lintFixtures()).toEqual(claimed);
  }, 60_000);

  it('are missed when any of them is switched off', async () => {
    for (const rule of ownRules) {
      const itsClaims = claimed.filter((claim) => claim.endsWith(`: ${rule}`));
      const files = itsClaims.map(fileOf);
      const found = await lintFixtures({ [rule]: 'off' }, files);
      const missed = claimed.filter((claim) => files.includes(fileOf(claim)) && !found.includes(claim));
      expect(missed, `without ${rule}`).toEqual(itsClaims);
    }
  }, 60_000);
});

describe('the lint gate', () => {
  it('sees every source file of the repository and has rules for each', async () => {
    const eslint = new ESLint({ cwd: repositoryDirectory });
    const files = globSync('{apps,packages,prisma,scripts}/**/*.{ts,tsx,mjs,js,cjs}', {
      cwd: repositoryDirectory,
      exclude: ['**/node_modules/**', '**/fixtures/**', '**/dist/**', 'packages/db/src/generated/**'],
    });
    const unseen: string[] = [];
    for (const file of files) {
      // ESLint calls it any: the merged configuration, or undefined for a file that it ignores.
      const config = (await eslint.calculateConfigForFile(join(repositoryDirectory, file))) as
        Linter.Config | undefined;
      const [severity] = [config?.rules?.['waymark/file-name']].flat();
      if (severity !== 2) unseen.push(file);
    }
    expect(unseen).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
    expect(files).toContain('packages/contracts/src/index.ts');
  }, 60_000);
});
