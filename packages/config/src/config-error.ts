/** One thing that is wrong with the configuration. Never holds a value, which may be a secret. */
export interface ConfigProblem {
  /** For example `catalog.locations[0].type`. */
  key: string;
  /** What is expected there, in words. */
  expected: string;
  /** The environment variable that gave the value, if one did. */
  variable?: string;
}

/** The configuration cannot be used. The message names every bad key with what is expected, one a line. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], file: string | undefined) {
    const source = file === undefined ? 'The configuration' : `The configuration in ${file}`;
    const lines = problems.map(({ key, expected, variable }) => {
      const name = variable === undefined ? key : `${variable} (${key})`;
      return `  ${name}: ${expected}`;
    });
    super([`${source} cannot be used:`, ...lines].join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Writes a path as in a configuration file: `catalog.locations[0].type`. */
export function formatKey(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
