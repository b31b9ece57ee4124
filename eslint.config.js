import { createEslintConfig } from './packages/tooling/src/index.ts';

export default createEslintConfig({
  rootDirectory: import.meta.dirname,
  projects: ['./packages/tooling/tsconfig.lint.json'],
});
