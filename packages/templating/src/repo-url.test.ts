import { describe, expect, it } from 'vitest';
import { parseRepoUrl, type RepositoryHostType } from './repo-url.ts';

const hosts: Record<string, RepositoryHostType> = {
  'github.com': 'github',
  'gitlab.example.com': 'gitlab',
  'dev.azure.com': 'azure',
  'bitbucket.org': 'bitbucketCloud',
  'git.example.com:8443': 'gitea',
};
const parse = (text: string) => parseRepoUrl(text, (host) => hosts[host]);

describe('parseRepoUrl', () => {
  it('reads the parts that are there', () => {
    expect(parse('github.com?owner=my-team&repo=my-service')).toEqual({
      host: 'github.com',
      owner: 'my-team',
      repo: 'my-service',
    });
    expect(parse('dev.azure.com?organization=acme&project=shop&repo=cart')).toEqual({
      host: 'dev.azure.com',
      organization: 'acme',
      project: 'shop',
      repo: 'cart',
    });
    expect(parse('git.example.com:8443?repo=a').host).toBe('git.example.com:8443');
  });

  it('cuts slashes around a part and takes an empty one for none', () => {
    expect(parse('gitlab.example.com?owner=/group/sub/&repo=/x/&project=')).toEqual({
      host: 'gitlab.example.com',
      owner: 'group/sub',
      repo: 'x',
    });
  });

  it.each([
    ['github.com?owner=a', 'lacks repo'],
    ['github.com', 'lacks owner and repo'],
    ['bitbucket.org?project=p&repo=r', 'lacks workspace'],
    ['gitlab.example.com?repo=r', 'lacks owner'],
    [
      'elsewhere.example.com?owner=a&repo=b',
      'No integration is configured for the host elsewhere.example.com',
    ],
    ['', 'is not the address of a repository'],
    ['a b?owner=c', 'is not the address of a repository'],
  ])('refuses %j: %s', (text, reason) => {
    expect(() => parse(text)).toThrow(reason);
  });
});
