import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { git, gitOk } from '../../../testing/git-client.ts';
import { useHostedRepositories } from '../../../testing/hosted-repositories.ts';
import { sendRaw } from '../../../testing/test-server.ts';

const MAX_PUSH_BYTES = 256 * 1024;
const MAX_REPOSITORY_BYTES = 512 * 1024;
const given = useHostedRepositories(() => ({
  repositories: { maxPushBytes: MAX_PUSH_BYTES, maxRepositoryBytes: MAX_REPOSITORY_BYTES },
}));

const ask = (path: string, init?: RequestInit) => fetch(`${given.server.url}${path}`, init);

describe('a push', () => {
  it.each([
    [
      'that takes back what the default branch had',
      ['--force', 'HEAD:main'],
      /main -> main|HEAD -> main \(non-fast-forward\)/,
    ],
    ['that deletes the default branch', ['--delete', 'main'], /refusing to delete the current branch/],
    ['outside of branches and tags', ['HEAD:refs/meta/config'], /deny updating a hidden ref/],
    ['into the refs of pull requests', ['HEAD:refs/pull/1/head'], /deny updating a hidden ref/],
    ['of an impossible name', ['HEAD:refs/heads/a..b'], /invalid refspec|not a valid ref/],
  ])('%s is refused in words, and changes nothing', async (_, args, words) => {
    const { repository, checkout } = await given.createWithCheckout();
    await checkout.commit({ 'a.txt': '1' });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    const before = await gitOk(['ls-remote', repository.url]);
    await checkout.ok(['commit', '--quiet', '--amend', '-m', 'Another']);
    const pushed = await checkout.run(['push', 'origin', ...args]);
    expect(pushed.exitCode).not.toBe(0);
    expect(pushed.complaint).toMatch(words);
    expect(await gitOk(['ls-remote', repository.url])).toBe(before);
    expect(await gitOk(['--git-dir', repository.directory, 'for-each-ref', '--format=%(refname)'])).toBe(
      'refs/heads/main',
    );
  });

  it('of more than one push may have is refused in words, and leaves nothing', async () => {
    const { repository, checkout } = await given.createWithCheckout();
    await checkout.commit({ 'large.bin': randomBytes(4 * MAX_PUSH_BYTES) });
    const pushed = await checkout.run(['push', 'origin', 'HEAD:main']);
    expect(pushed.exitCode).not.toBe(0);
    expect(pushed.complaint).toMatch(/pack exceeds maximum allowed size/);
    expect(await gitOk(['ls-remote', repository.url])).toBe('');
    const count = await gitOk(['--git-dir', repository.directory, 'count-objects', '-v']);
    expect(count).toMatch(/^count: 0$/m);
    expect(count).toMatch(/^packs: 0$/m);
  });

  it('to a repository that is full is refused before anything is sent', async () => {
    const { checkout } = await given.createWithCheckout();
    let complaint = '';
    for (let round = 0; round < 6 && complaint === ''; round += 1) {
      await checkout.commit({ [`${round}.bin`]: randomBytes(MAX_PUSH_BYTES / 2) });
      const pushed = await checkout.run(['push', '--quiet', 'origin', 'HEAD:main']);
      if (pushed.exitCode !== 0) complaint = pushed.complaint;
    }
    // The last push that fits leaves too little room for the next.
    expect(complaint).toMatch(/repository\.full|pack exceeds maximum allowed size/);
  });

  it('of objects that git calls broken is refused', async () => {
    const { repository, checkout } = await given.createWithCheckout();
    await checkout.commit({ 'a.txt': '1' });
    const tree = await checkout.ok(['rev-parse', 'HEAD^{tree}']);
    const bad = await checkout.ok(['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'], {
      input: `tree ${tree}\nauthor A <a@example.com 1700000000 +0000\ncommitter A <a@example.com> x +0000\n\nbad\n`,
    });
    const pushed = await checkout.run(['push', 'origin', `${bad}:refs/heads/bad`]);
    expect(pushed.exitCode).not.toBe(0);
    expect(pushed.complaint).toMatch(/fsck error in packed object|missingEmail|badEmail|badDate/);
    expect(await gitOk(['ls-remote', repository.url])).toBe('');
  });

  it('to an archived repository is refused in words, while it can be cloned', async () => {
    const { repository, checkout } = await given.createWithCheckout();
    await checkout.commit({ 'a.txt': '1' });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    await given.server.database.pool.query(
      "UPDATE hosted_repository SET state = 'archived' WHERE name = $1",
      [repository.name],
    );
    await checkout.commit({ 'a.txt': '2' });
    const pushed = await checkout.run(['push', 'origin', 'HEAD:main']);
    expect(pushed.complaint).toContain('is archived: it takes no pushes. (repository.archived)');
    expect((await git(['clone', '--quiet', repository.url, given.newPath()])).exitCode).toBe(0);
  });

  it('in a form whose commands could hide is refused', async () => {
    const { repository } = await given.createWithCheckout();
    const path = new URL(repository.url).pathname;
    const zero = '0'.repeat(40);
    const packet = (text: string) => (text.length + 4).toString(16).padStart(4, '0') + text;
    const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      ask(`${path}/git-receive-pack`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-git-receive-pack-request', ...headers },
        body,
      });
    for (const body of [
      `${packet(`push-cert\0report-status\n`)}${packet('certificate version 0.1\n')}0000`,
      packet(`${zero} ${zero} refs/heads/x`),
      'zzzz',
      '0001',
    ]) {
      const answer = await send(body);
      expect([body, answer.status]).toEqual([body, 400]);
      expect(await answer.text()).toContain('(request.refused)');
    }
    const packed = await send(new Uint8Array(gzipSync('0001')), { 'content-encoding': 'gzip' });
    expect(packed.status).toBe(400);
    expect((await send('0000', { 'content-encoding': 'br' })).status).toBe(415);
  });
});

describe('the path of a repository', () => {
  it.each([
    'config',
    'HEAD',
    'description',
    'waymark-id',
    'hooks/pre-receive',
    'objects/info/packs',
    'objects/00/0000000000000000000000000000000000000000',
    'info/attributes',
    'info/refs/x',
    'git-upload-archive',
    '..%2f..%2fwaymark.lock',
    '%2e%2e/%2e%2e/HEAD',
    '',
  ])('gives nothing at /%s', async (file) => {
    const { url } = await given.create();
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
      expect([method, (await ask(`${new URL(url).pathname}/${file}`, { method })).status]).toEqual([
        method,
        404,
      ]);
    }
  });

  it('answers the dumb protocol with a refusal', async () => {
    const { url } = await given.create();
    const path = new URL(url).pathname;
    for (const query of [
      '',
      '?service=',
      '?service=git-upload-archive',
      '?service=git-upload-pack&service=x',
    ]) {
      const answer = await ask(`${path}/info/refs${query}`);
      expect([query, answer.status, await answer.text()]).toEqual([
        ...[query, 400],
        'Only the smart protocol of Git is served here. Use git 1.6.6 or newer. (request.refused)\n',
      ]);
    }
  });

  it.each([
    '/git/Acme/%2e%2e%2f%2e%2e%2fetc.git',
    '/git/%2e%2e/x.git',
    '/git/Acme/..%2fx.git',
    '/git/Acme/a%00b.git',
    '/git/Acme/a%0ab.git',
    '/git/Acme/-c.git',
    '/git/Acme/.making.git',
    '/git/.making/x.git',
    '/git/Acme/missing.git',
    '/git/Acme/missing',
    '/git/Acme/Con.git',
    '/git/Acme/__proto__.git',
  ])('that is none is not found: %s', async (path) => {
    const { body, status } = await sendRaw(
      given.server.port,
      `GET ${path}/info/refs?service=git-upload-pack HTTP/1.1\r\nHost: localhost\r\nConnection: close`,
    );
    expect(status).toBe(404);
    expect(body).toContain('(repository.not-found)');
  });

  it('is told to git in its own words', async () => {
    const { complaint } = await git(['clone', `${given.server.url}/git/Acme/nothing.git`, given.newPath()]);
    expect(complaint).toContain('remote: There is no repository Acme/nothing.');
  });
});

describe('a web page', () => {
  it('of another site can make a browser push nothing', async () => {
    const { url } = await given.create();
    const answer = await ask(`${new URL(url).pathname}/git-receive-pack`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-git-receive-pack-request',
        'sec-fetch-site': 'cross-site',
        origin: 'https://evil.example',
      },
      body: '0000',
    });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('(request.cross-site)');
  });

  it('cannot reach the protocol with a form', async () => {
    const { url } = await given.create();
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/json',
    ]) {
      const answer = await ask(`${new URL(url).pathname}/git-receive-pack`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: '0000',
      });
      expect([type, answer.status]).toEqual([type, 415]);
    }
  });

  it('is nobody under a host name that is not ours', async () => {
    const { url } = await given.create();
    const answer = await sendRaw(
      given.server.port,
      `GET ${new URL(url).pathname}/info/refs?service=git-upload-pack HTTP/1.1\r\nHost: evil.example\r\nConnection: close`,
    );
    expect(answer.status).toBe(421);
  });
});

describe('a credential', () => {
  it('that nobody can check is refused, and git asks for another', async () => {
    const { url } = await given.create();
    const answer = await ask(`${new URL(url).pathname}/info/refs?service=git-upload-pack`, {
      headers: { authorization: `Basic ${Buffer.from('ada:secret').toString('base64')}` },
    });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="Waymark", charset="UTF-8"',
    ]);
  });
});
