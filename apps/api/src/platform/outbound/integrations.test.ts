import { describe, expect, it } from 'vitest';
import { allowedHostsOf } from './configured-hosts.ts';
import { createAllowedHosts } from './allowed-hosts.ts';
import { createIntegrations } from './integrations.ts';

const settings = {
  github: [
    { host: 'github.com', token: 'public-token' },
    { host: 'ghe.acme.example', apiBaseUrl: 'https://ghe.acme.example/api/v3/', token: 'inside-token' },
  ],
  gitlab: [],
};
const integrations = createIntegrations(settings);

function credentials(host: string, url: string): Record<string, string> {
  const integration = integrations.of(`https://${host}/a/b`);
  if (!integration) throw new Error(`There is no integration ${host}.`);
  return integrations.credentialsFor(integration, url);
}

describe('which integration a URL belongs to', () => {
  it.each([
    ['https://github.com/a/b', 'github.com'],
    ['https://GITHUB.com/a/b', 'github.com'],
    ['https://ghe.acme.example/a/b', 'ghe.acme.example'],
    ['https://gitlab.com/a/b', 'gitlab.com'],
    ['https://github.com.evil.example/a/b', undefined],
    ['https://github.com@evil.example/a/b', undefined],
    ['https://evil.example/github.com', undefined],
    ['https://evil.example#github.com', undefined],
    ['https://user@github.com/a/b', undefined],
    ['https://github.com:8443/a/b', undefined],
    ['ssh://github.com/a/b', undefined],
    ['github.com/a/b', undefined],
  ])('%s', (url, host) => {
    expect(integrations.of(url)?.host).toBe(host);
  });
});

describe('who sees a token', () => {
  it.each([
    ['https://api.github.com/repos/a/b', true],
    ['https://api.github.com.evil.example/repos/a/b', false],
    ['http://api.github.com/repos/a/b', false],
    ['https://api.github.com:8443/repos/a/b', false],
    ['https://codeload.github.com/a/b', false],
    ['https://ghe.acme.example/api/v3/repos/a/b', false],
  ])('%s: %s', (url, isTold) => {
    expect('authorization' in credentials('github.com', url)).toBe(isTold);
  });

  it('keeps to the path of an API that shares its host with other things', () => {
    const of = (url: string) => credentials('ghe.acme.example', url);
    expect(of('https://ghe.acme.example/api/v3/repos')).toEqual({ authorization: 'Bearer inside-token' });
    expect(of('https://ghe.acme.example/api/v30/repos')).toEqual({});
    expect(of('https://ghe.acme.example/pages/evil')).toEqual({});
  });
});

it('lets only hosts that the operator wrote down be inside ones', () => {
  const hosts = createAllowedHosts(
    allowedHostsOf({
      integrations: { github: [{ host: 'ghe.acme.example' }], gitlab: [] },
      backend: { reading: { allow: [{ host: 'files.acme.example' }, { host: 'localhost:1234' }] } },
    }),
  );
  const isInside = (host: string, port = '443') => hosts.isPrivateAllowed(host, port, 'https:');
  expect(isInside('ghe.acme.example')).toBe(true);
  expect(isInside('files.acme.example')).toBe(true);
  expect(isInside('localhost', '1234')).toBe(true);
  expect(isInside('localhost')).toBe(false);
  for (const host of ['github.com', 'api.github.com', 'gitlab.com', 'raw.githubusercontent.com']) {
    expect([host, isInside(host)]).toEqual([host, false]);
    expect(hosts.demand(`https://${host}/x`).host).toBe(host);
  }
});
