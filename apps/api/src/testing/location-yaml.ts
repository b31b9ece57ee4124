/** A Location that points at other files of its source. */
export function locationYaml(
  name: string,
  targets: readonly string[],
  specLines: readonly string[] = [],
): string {
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Location',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  type: file',
    ...specLines.map((line) => `  ${line}`),
    '  targets:',
    // JSON text is YAML text, whatever characters the target has.
    ...targets.map((target) => `    - ${JSON.stringify(target)}`),
    '',
  ].join('\n');
}
