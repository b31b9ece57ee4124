import { expect, it } from 'vitest';
import { testConfig } from '../../testing/test-config.ts';
import { repositoryHostsOf } from './repository-hosts.ts';

it('names its own hosting first, then the integrations, and no host twice', () => {
  const settings = testConfig({
    app: { title: 'Acme Portal', baseUrl: 'http://portal.acme.test:7100' },
    integrations: { github: [{ host: 'git.acme.test' }], gitlab: [] },
  });
  expect(repositoryHostsOf(settings)).toEqual([
    { host: 'portal.acme.test:7100', type: 'waymark', title: 'Acme Portal' },
    { host: 'git.acme.test', type: 'github', title: 'git.acme.test' },
    { host: 'github.com', type: 'github', title: 'GitHub' },
    { host: 'gitlab.com', type: 'gitlab', title: 'GitLab' },
  ]);
});
