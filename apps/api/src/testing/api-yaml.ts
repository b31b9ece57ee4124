/** An API whose definition is the text of another file, named on line 9. */
export function apiYaml(name: string, target: string): string {
  return [
    ...['apiVersion: backstage.io/v1alpha1', 'kind: API', 'metadata:', `  name: ${name}`, 'spec:'],
    ...['  type: openapi', '  lifecycle: production', '  owner: team-a'],
    // JSON text is YAML text, whatever characters the target has.
    `  definition: { $text: ${JSON.stringify(target)} }`,
    '',
  ].join('\n');
}
