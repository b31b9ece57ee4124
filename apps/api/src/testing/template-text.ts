/** The file of a template of these steps, without a form unless pages are given. JSON is YAML. */
export function templateText(
  name: string,
  steps: readonly object[],
  rest: { parameters?: readonly object[]; output?: object } = {},
): string {
  return JSON.stringify({
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name },
    spec: {
      type: 'service',
      parameters: rest.parameters ?? [],
      steps,
      ...(rest.output && { output: rest.output }),
    },
  });
}
