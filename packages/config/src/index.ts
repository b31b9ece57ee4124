export { loadConfig, type LoadConfigOptions, type LoadedConfig } from './load-config.ts';
export { ConfigError, type ConfigProblem } from './config-error.ts';
export { flag, oneOf, text, wholeNumber } from './values.ts';
