/**
 * The rules that a fixture breaks on purpose: its first line is `// breaks: rule-a, rule-b`.
 * A fixture without that line is well-behaved and must pass every rule.
 */
export function rulesBrokenBy(source: string): string[] {
  const [, names] = /^\/\/ breaks: (.+)\n/.exec(source) ?? [];
  return names?.split(', ').sort() ?? [];
}
