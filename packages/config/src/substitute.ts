import { formatKey, type ConfigProblem } from './config-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Keys of Backstage's loader that read other files: a value that holds one is refused with a reason. */
const UNSUPPORTED_DIRECTIVES = ['$file', '$include', '$env'];

/**
 * Replaces `${NAME}` and `${NAME:-default}` in every text of a parsed YAML value. `$${NAME}` stays as
 * `${NAME}`. A variable that is not set and has no default becomes a problem with the key's name.
 */
export function substitute(
  value: unknown,
  env: Environment,
  problems: ConfigProblem[],
  path: readonly PropertyKey[] = [],
): unknown {
  if (typeof value === 'string') return substituteText(value, env, (name) => report(problems, path, name));
  if (Array.isArray(value))
    return value.map((item, index) => substitute(item, env, problems, [...path, index]));
  if (typeof value !== 'object' || value === null) return value;
  const directive = UNSUPPORTED_DIRECTIVES.find((name) => name in value);
  if (directive !== undefined) {
    problems.push({
      key: formatKey(path),
      expected: `${directive} is not supported; give the value through an environment variable, as \${NAME}`,
    });
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, substitute(item, env, problems, [...path, key])]),
  );
}

function substituteText(text: string, env: Environment, onMissing: (name: string) => void): string {
  return text.replace(
    /(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g,
    (match, escape: string, name: string, fallback: string | undefined) => {
      if (escape !== '') return match.slice(1);
      // As in a shell, `:-` also replaces a variable that is set to nothing.
      const value = fallback === undefined ? env[name] : env[name] || fallback;
      if (value === undefined) onMissing(name);
      return value ?? '';
    },
  );
}

function report(problems: ConfigProblem[], path: readonly PropertyKey[], name: string): void {
  problems.push({
    key: formatKey(path),
    expected: `the environment variable ${name} is not set; set it, or give a default as \${${name}:-default}`,
  });
}
