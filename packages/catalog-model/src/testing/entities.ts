/** A valid entity of each core kind, as plain data that tests may change. */
export function validEntities(): Record<string, Record<string, unknown>> {
  const entity = (kind: string, name: string, spec: object, apiVersion = 'backstage.io/v1alpha1') => ({
    apiVersion,
    kind,
    metadata: {
      name,
      title: 'A title',
      description: 'What it is for',
      labels: { 'example.com/tier': 'gold', empty: '' },
      annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
      tags: ['java', 'tier-1', 'c++'],
      links: [{ url: 'https://example.com/runbook', title: 'Runbook', icon: 'docs', type: 'runbook' }],
    },
    spec,
  });
  const software = { type: 'service', lifecycle: 'production', owner: 'team-a', system: 'billing' };
  return {
    Component: entity('Component', 'orders', {
      ...software,
      subcomponentOf: 'shop',
      providesApis: ['orders-api'],
      consumesApis: ['payments/payments-api'],
      dependsOn: ['resource:orders-db', 'component:other/ledger'],
      dependencyOf: ['component:web'],
    }),
    API: entity('API', 'orders-api', { ...software, type: 'openapi', definition: 'openapi: 3.1.0' }),
    'mcp-server API': entity('API', 'tools', {
      ...software,
      type: 'mcp-server',
      remotes: [{ type: 'streamable-http', url: 'https://example.com/mcp' }],
    }),
    Resource: entity('Resource', 'orders-db', { type: 'database', owner: 'user:jane', system: 'billing' }),
    System: entity('System', 'billing', { owner: 'team-a', domain: 'payments', type: 'product' }),
    Domain: entity('Domain', 'payments', { owner: 'group:team-a', subdomainOf: 'finance' }),
    Group: entity('Group', 'team-a', {
      type: 'team',
      profile: { displayName: 'Team A', email: 'team-a@example.com', picture: 'https://example.com/a.png' },
      parent: 'department',
      children: ['team-a1'],
      members: ['jane'],
    }),
    User: entity('User', 'jane', { profile: { displayName: 'Jane' }, memberOf: ['team-a'] }),
    Location: entity('Location', 'all', { type: 'url', targets: ['./a.yaml'], presence: 'optional' }),
    AiResource: entity('AiResource', 'review', { ...software, type: 'skill', allowedTools: 'grep' }),
  };
}

/** The limits that tests parse with. */
export const testLimits = {
  maxFileBytes: 10 * 2 ** 20,
  maxDocumentBytes: 2 ** 20,
  maxDepth: 100,
  maxAliasCount: 20,
};
