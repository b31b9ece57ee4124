export { createEslintConfig, type EslintConfigOptions } from './eslint-config.ts';
export { waymarkPlugin } from './rules/index.ts';
