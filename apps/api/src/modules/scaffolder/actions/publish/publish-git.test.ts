import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAllowedHosts } from '../../../../platform/outbound/index.ts';
import { prepareActionRun, ProcessEnded } from '../../../../testing/action-run.ts';
import { startGitHttpServer, type GitHttpServer } from '../../../../testing/git-http-server.ts';
import { createGitRepository } from '../../../../testing/git-repository.ts';
import { useTemporaryFolder } from '../../../../testing/temporary-folder.ts';
import { guardedGitSettings } from '../../../sources/index.ts';
import { createPublishGit } from './publish-git.ts';

const folder = useTemporaryFolder();
const TOKEN = 'a-token-that-nobody-may-see';
let server: GitHttpServer;

beforeEach(async () => {
  server = await startGitHttpServer({ root: folder.path, credentials: `git:${TOKEN}` });
});
afterEach(() => server.close());

function action(isPrivateAllowed = true) {
  const hosts = createAllowedHosts([
    { host: new URL(server.urlOf('x')).host, isPrivateAllowed, isPlainHttpAllowed: true },
  ]);
  return createPublishGit({
    guardGit: (url) => guardedGitSettings(url, hosts),
    defaults: { name: 'Waymark', email: 'waymark@localhost', message: 'Initial commit' },
  });
}

function emptyRepository(name: string) {
  const repository = createGitRepository(folder.at(name));
  repository.git(['config', 'http.receivepack', 'true']);
  return repository;
}

describe('publish:git', () => {
  it('pushes the workspace once, over HTTP with a token that leaves no trace', async () => {
    const repository = emptyRepository('shop.git');
    await using step = await prepareActionRun(action(), { 'README.md': '# Shop\n', 'src/a.js': '1' });
    const input = { remoteUrl: server.urlOf('shop.git'), token: TOKEN, defaultBranch: 'trunk' };
    const arguments_ = watchArguments();
    await expect(step.attempt(input, 'branch')).rejects.toThrow(ProcessEnded);
    const output = await step.attempt(input);
    expect(repository.git(['rev-parse', 'trunk']).trim()).toBe(output['commitHash']);
    expect(repository.git(['rev-list', '--count', '--all']).trim()).toBe('1');
    expect(repository.git(['show', 'trunk:src/a.js'])).toBe('1');
    expect(repository.git(['fsck', '--strict'])).toBe('');
    expect(readFileSync(folder.at('shop.git/config'), 'utf8')).not.toContain(TOKEN);
    const seen = await arguments_.stop();
    expect(seen).toContain('ls-remote');
    expect(seen).not.toContain(TOKEN);
    expect(seen).not.toContain(Buffer.from(`git:${TOKEN}`).toString('base64'));
  });

  it('leaves a branch alone that is there, and says what is wrong with a remote', async () => {
    const repository = emptyRepository('theirs.git');
    const before = repository.commit({ 'a.txt': 'theirs' });
    await using step = await prepareActionRun(action(), { 'a.txt': 'mine' });
    const remoteUrl = server.urlOf('theirs.git');
    await expect(step.attempt({ remoteUrl, token: TOKEN })).rejects.toThrow('has a branch main already');
    expect(repository.git(['rev-parse', 'main']).trim()).toBe(before);
    await expect(step.attempt({ remoteUrl, token: 'wrong' })).rejects.toThrow('user name and password');
    await expect(step.attempt({ remoteUrl: server.urlOf('none.git'), token: TOKEN })).rejects.toThrow(
      'There is no Git repository',
    );
    const withPassword = remoteUrl.replace('http://', 'http://git:secret@');
    await expect(step.attempt({ remoteUrl: withPassword })).rejects.toThrow('holds a user name or password');
    await expect(step.attempt({ remoteUrl: 'file:///etc' })).rejects.toThrow();
    await expect(step.attempt({ remoteUrl: 'https://elsewhere.example.com/x.git' })).rejects.toThrow(
      'elsewhere.example.com is not one that this server may read',
    );
    const signal = new AbortController().signal;
    const problems = await action(false).check(
      { remoteUrl, token: TOKEN },
      { signal, actor: { ref: 'user:default/guest' } },
    );
    expect(problems).toMatchObject([{ message: expect.stringContaining('127.0.0.1') as unknown }]);
  });
});

/** Reads the arguments of all processes of this machine, as everybody on it can. */
function watchArguments() {
  let [isOver, seen] = [false, ''];
  const watching = (async () => {
    while (!isOver) {
      for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        try {
          const text = readFileSync(path.join('/proc', id, 'cmdline'), 'utf8');
          if (text.startsWith('git\0') || text.includes('git-remote')) seen += text;
        } catch {
          // It has ended.
        }
      }
      await delay(1); // for the processes to go on
    }
  })();
  return {
    async stop() {
      isOver = true;
      await watching;
      return seen;
    },
  };
}
