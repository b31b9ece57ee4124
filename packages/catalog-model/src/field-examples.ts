/** What to write into a well-known field, by its path with list indexes left out. */
const examples: Record<string, string> = {
  apiVersion: 'Add for example "apiVersion: backstage.io/v1alpha1".',
  kind: 'Add for example "kind: Component".',
  metadata: 'Add "metadata:" with at least a "name:" below it.',
  'metadata.name': 'Add under metadata for example "name: my-service".',
  'metadata.labels': 'Write one "key: value" a line, for example "example.com/tier: gold".',
  'metadata.annotations': 'Write one "key: value" a line, for example "backstage.io/techdocs-ref: dir:.".',
  'metadata.tags': 'Write a list of texts, for example "tags: [java, payments]".',
  'metadata.links': 'Write a list with a "url:" and a "title:" for each link.',
  'metadata.links.url': 'Add for example "url: https://example.com/runbook" to the link.',
  spec: 'Add "spec:" with the fields of the kind below it.',
  'spec.owner': 'Add under spec the team that owns it, for example "owner: team-payments".',
  'spec.type': 'Add under spec for example "type: service".',
  'spec.lifecycle': 'Add under spec for example "lifecycle: production" (or experimental, deprecated).',
  'spec.system': 'Write the name of one system, for example "system: billing".',
  'spec.domain': 'Write the name of one domain, for example "domain: payments".',
  'spec.definition':
    'Add under spec the API definition as text: "definition: |" with the indented text below it.',
  'spec.remotes': 'Add under spec a list with a "type:" and a "url:" for each remote.',
  'spec.children': 'Add under spec the groups below this one; "children: []" when there are none.',
  'spec.memberOf': 'Add under spec the groups of this user; "memberOf: []" when there are none.',
  'spec.dependsOn': 'Write a list of references, for example "dependsOn: [resource:default/orders-db]".',
  'spec.providesApis': 'Write a list of API names, for example "providesApis: [orders-api]".',
  'spec.consumesApis': 'Write a list of API names, for example "consumesApis: [orders-api]".',
  'spec.runtime': 'Add under spec what the service runs on, for example "runtime: nodejs24".',
  'spec.environment': 'Add under spec where it runs, for example "environment: production".',
  'spec.database': 'Write the kind and the size, for example "database: { type: postgres, plan: small }".',
  'spec.database.type': 'Add under database for example "type: postgres".',
  'spec.database.plan': 'Add under database the size that the service needs, for example "plan: small".',
  'spec.observability': 'Write for example "observability: { traces: true, logs: true }".',
  'spec.observability.traces': 'Write "traces: true" or "traces: false".',
  'spec.observability.logs': 'Write "logs: true" or "logs: false".',
  'spec.steps': 'Add under spec the steps of the template: a list with an "action:" for each.',
  'spec.steps.action': 'Add the action that the step runs, for example "action: fetch:template".',
};

const listIndex = /^\d+$/;

/** What to do about a well-known field that is missing, empty or of the wrong type. */
export function fieldExample(path: readonly string[]): string | undefined {
  return examples[path.filter((key) => !listIndex.test(key)).join('.')];
}
