import type { Linter } from 'eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { waymarkPlugin } from './rules/index.ts';

const tests = [
  '**/*.{test,spec}.{ts,tsx}',
  'apps/portal/e2e/**',
  'packages/testing/**',
  '{apps,packages}/*/src/**/testing/**',
];
const toolConfigurations = ['**/*.config.{js,mjs,ts}'];
const browserCode = ['apps/portal/**/*.{ts,tsx}', 'packages/ui/**/*.{ts,tsx}'];

/** Rules that need no types, for every file. */
const houseRules: Linter.RulesRecord = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-restricted-exports': [
    'error',
    { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true } },
  ],
  'waymark/file-name': 'error',
  'waymark/no-api-url': 'error',
  'waymark/no-drawer-name': 'error',
  'waymark/no-raw-html': 'error',
  'waymark/no-shell': 'error',
  'waymark/no-unsafe-sql': 'error',
  'waymark/no-vm': 'error',
  'waymark/suppression-needs-reason': 'error',
};

/** Rules for TypeScript beside typescript-eslint's recommended ones. */
const typeScriptRules: Linter.RulesRecord = {
  '@typescript-eslint/ban-ts-comment': [
    'error',
    {
      'ts-expect-error': 'allow-with-description',
      'ts-ignore': true,
      'ts-nocheck': true,
      minimumDescriptionLength: 12,
    },
  ],
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  // Fastify and our own interfaces tell by `async` that a function gives a promise, with or without await.
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

/** Rules for what is shipped; a test may cast, read the environment and tell a longer story. */
const productRules: Linter.RulesRecord = {
  'waymark/cast-needs-reason': 'error',
  'waymark/max-function-lines': ['error', 40],
  'waymark/no-dynamic-pattern': 'error',
  'waymark/no-process-env': 'error',
};

/** Where a house rule does not hold, and why. */
const exceptions: Linter.Config[] = [
  {
    // The contracts are where paths are written. Tests, bundler, benchmarks and scripts call from outside.
    files: ['packages/{contracts,bench}/**', 'scripts/**', ...tests, ...toolConfigurations],
    rules: { 'waymark/no-api-url': 'off' },
  },
  {
    // The configuration reads the environment; programs that are started by hand have no other door.
    files: [
      'packages/{config,bench,tooling}/**',
      'apps/api/src/main.ts',
      'apps/api/src/platform/config.ts',
      'apps/api/src/startup/**',
    ],
    rules: { 'waymark/no-process-env': 'off' },
  },
  {
    // Half of a component's lines are markup, which reads like a list.
    files: ['**/*.tsx'],
    ignores: tests,
    rules: { 'waymark/max-function-lines': ['error', 80] },
  },
  { files: toolConfigurations, rules: { 'no-restricted-exports': 'off' } },
  {
    // A test reads answers as they come; its assertions are what checks them.
    files: tests,
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
];

/** Where the configuration is read from, and which TypeScript projects give the types. */
export interface EslintConfigOptions {
  /** Absolute path of the tree to lint. */
  rootDirectory: string;
  /** tsconfig files that together hold every TypeScript file of the tree, relative to the root. */
  projects: string[];
}

/**
 * ESLint's configuration of the repository, as a function so that the self-test can lint its fixtures.
 * Every part whose name starts with `waymark/` is ours: the self-test wants a fixture for each of its rules.
 */
export function createEslintConfig({ rootDirectory, projects }: EslintConfigOptions): Linter.Config[] {
  return defineConfig([
    globalIgnores(['**/dist/', '**/fixtures/', '**/.vite/', '**/test-results/', '**/playwright-report/']),
    globalIgnores(['.waymark/', 'coverage/', 'packages/db/src/generated/', 'packages/bench/results/']),
    // Files of projects that are yet to be made: they follow the tools of those.
    globalIgnores(['golden-paths/templates/']),
    {
      name: 'waymark/every-file',
      files: ['**/*.{js,mjs,cjs,ts,tsx}'],
      plugins: { waymark: waymarkPlugin },
      // no-implied-eval looks only at functions that it knows to be global.
      languageOptions: { globals: { setTimeout: 'readonly', setInterval: 'readonly' } },
      linterOptions: { reportUnusedDisableDirectives: 'error' },
      rules: houseRules,
    },
    typeScriptParts(rootDirectory, projects),
    {
      name: 'waymark/product',
      files: ['apps/**/*.{ts,tsx}', 'packages/**/*.{ts,tsx}', 'prisma/**/*.ts'],
      ignores: [...tests, ...toolConfigurations],
      rules: productRules,
    },
    {
      name: 'waymark/package-exports',
      files: ['packages/*/src/**/*.{ts,tsx}'],
      ignores: [...tests, 'packages/bench/**'],
      rules: { 'waymark/exports-carry-documentation': 'error' },
    },
    browserParts(),
    exceptions,
  ]);
}

function typeScriptParts(rootDirectory: string, projects: string[]): Linter.Config[] {
  return defineConfig([
    {
      files: ['**/*.{ts,tsx}'],
      // Configurations of tools at the root belong to no TypeScript project.
      ignores: ['*.config.ts'],
      extends: [tseslint.configs.recommendedTypeChecked],
      languageOptions: {
        parserOptions: {
          project: projects,
          tsconfigRootDir: rootDirectory,
          // With CI set the parser would keep one program for one run, and breaks in a process that lints again.
          disallowAutomaticSingleRunInference: true,
        },
      },
    },
    { files: ['*.config.ts'], extends: [tseslint.configs.recommended] },
    {
      name: 'waymark/typescript',
      files: ['**/*.{ts,tsx}'],
      ignores: ['*.config.ts'],
      rules: typeScriptRules,
    },
  ]);
}

function browserParts(): Linter.Config[] {
  return defineConfig([
    {
      name: 'waymark/browser',
      files: browserCode,
      plugins: reactHooks.configs.flat.recommended.plugins,
      // The plug-in's other rules run the React Compiler over each file: a fifth of the whole lint time.
      rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
    },
    {
      name: 'waymark/ui',
      files: ['packages/ui/src/**/*.{ts,tsx}'],
      rules: { 'no-restricted-globals': ['error', 'fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket'] },
    },
  ]);
}
