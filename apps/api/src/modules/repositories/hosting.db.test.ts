import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, type Database } from '@waymark/db';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gitOk } from '../../testing/git-client.ts';
import { createRepositoriesModule, type HostedRepository, type RepositoriesModule } from './index.ts';

const testDatabase = useTestDatabase();
const caller = { actor: { ref: 'user:default/ada' }, requestId: 'request-1' };
let database: Database;
let home: string;
let module: RepositoriesModule;
const announced: string[] = [];

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: 'waymark-test', maxConnections: 8 },
    onIdleError: () => {}, // the test's database may be dropped under an idle connection
  });
  module = createRepositoriesModule({
    ...{ database, home, baseUrl: 'https://portal.example/' },
    limits: { maxPushBytes: 1_000_000, maxRepositoryBytes: 1_000_000 },
    requestReads: (_, { owner, name }) => {
      announced.push(`${owner}/${name}`);
    },
  });
});
afterAll(async () => {
  await module.close();
  await database.close();
  await rm(home, { recursive: true });
});

const auditOf = async (target: string) => {
  const { rows } = await database.pool.query<{ action: string; actor: string; request_id: string }>(
    'SELECT action, actor, request_id FROM audit_entry WHERE target = $1 ORDER BY id',
    [target],
  );
  return rows.map(({ action, actor, request_id: requestId }) => ({ action, actor, requestId }));
};
const folderOf = (name: string) => path.join(home, 'repositories/hosted/acme', `${name}.git`);

describe('making a repository', () => {
  it('gives a bare repository with its row, audit entry and event', async () => {
    const { hosting } = module;
    const { outcome, repository } = await hosting.create(
      { owner: 'Acme', name: 'First', description: 'The first', defaultBranch: 'trunk' },
      caller,
    );
    expect(outcome).toBe('created');
    expect(repository).toMatchObject({
      owner: 'Acme',
      name: 'First',
      description: 'The first',
      isArchived: false,
    });
    expect(await hosting.directoryOf(repository)).toBe(folderOf('first'));
    expect(await gitOk(['--git-dir', folderOf('first'), 'symbolic-ref', 'HEAD'])).toBe('refs/heads/trunk');
    expect(existsSync(path.join(folderOf('first'), 'hooks'))).toBe(false);
    expect(await auditOf('repository:Acme/First')).toEqual([
      { action: 'repository.create', actor: 'user:default/ada', requestId: 'request-1' },
    ]);
    const { rows } = await database.pool.query("SELECT type FROM outbox_event WHERE subject = 'Acme/First'");
    expect(rows).toEqual([{ type: 'repository.created' }]);
    expect(hosting.urlsOf(repository)).toEqual({
      cloneUrl: 'https://portal.example/git/Acme/First.git',
      webUrl: 'https://portal.example/repositories/Acme/First',
    });
    expect(hosting.fileUrl(repository, 'a b/c.yaml')).toBe(
      'https://portal.example/repositories/Acme/First/blob/trunk/a%20b/c.yaml',
    );
    expect(await hosting.find('aCME', 'FIRST')).toEqual(repository);
  });

  it('with one key makes one, by however many at once it is asked for', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        module.hosting.create({ owner: 'acme', name: 'raced', createdFor: 'run-1/step-1' }, caller),
      ),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'existing')).toHaveLength(19);
    expect(new Set(outcomes.map(({ repository }) => repository.id)).size).toBe(1);
    expect(await auditOf('repository:acme/raced')).toHaveLength(1);
    expect(existsSync(path.join(folderOf('raced'), 'HEAD'))).toBe(true);
    expect(await readdir(path.join(home, 'repositories/hosted/.making'))).toEqual([]);
  });

  it('with one name and different keys makes one, and tells the others that it is taken', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        module.hosting.create({ owner: 'acme', name: 'Fought', createdFor: `run-${index}` }, caller),
      ),
    );
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      'created',
      ...Array<string>(7).fill('taken'),
    ]);
    const other = await module.hosting.create({ owner: 'ACME', name: 'fought' }, caller);
    expect(other.outcome).toBe('taken');
  });

  it('again after a crash between row and folder makes the folder', async () => {
    const wanted = { owner: 'acme', name: 'crashed', createdFor: 'run-of-the-crash' };
    const { repository } = await module.hosting.create(wanted, caller);
    await rm(folderOf('crashed'), { recursive: true });
    const again = await module.hosting.create(wanted, caller);
    expect(again).toEqual({ outcome: 'existing', repository });
    expect(existsSync(path.join(folderOf('crashed'), 'HEAD'))).toBe(true);
  });

  it.each([
    '',
    '.',
    '..',
    '-x',
    '.x',
    'x.',
    'x.git',
    'X.GIT',
    'x.lock',
    'a/b',
    'a b',
    'a\0b',
    'ä',
    'con',
    'NEW',
    'x'.repeat(101),
  ])('refuses the name %j', async (name) => {
    const refused = { code: 'repository.name-invalid' };
    await expect(module.hosting.create({ owner: 'acme', name }, caller)).rejects.toMatchObject(refused);
    await expect(module.hosting.create({ owner: name, name: 'x' }, caller)).rejects.toMatchObject(refused);
    expect(await module.hosting.find('acme', name)).toBeUndefined();
  });

  it.each([
    '',
    '-x',
    'a..b',
    'a//b',
    '/a',
    'a/',
    'HEAD',
    'a.lock',
    'a.lock/b',
    'x/.y',
    'a b',
    'a~1',
    'a@{1}',
  ])('refuses the default branch %j', async (defaultBranch) => {
    await expect(
      module.hosting.create({ owner: 'acme', name: 'branch', defaultBranch }, caller),
    ).rejects.toMatchObject({ code: 'repository.name-invalid' });
  });
});

describe('removing a repository', () => {
  async function withCommit(name: string): Promise<HostedRepository> {
    const { repository } = await module.hosting.create({ owner: 'acme', name }, caller);
    await gitOk(['--git-dir', folderOf(name), 'fast-import', '--quiet'], {
      input: 'commit refs/heads/main\ncommitter A <a@example.com> 1700000000 +0000\ndata 1\nx\n',
    });
    return repository;
  }

  it('takes row and folder, and tells who did it', async () => {
    await withCommit('removed');
    expect(await module.hosting.remove('ACME', 'Removed', caller)).toBe(true);
    expect(existsSync(folderOf('removed'))).toBe(false);
    expect(await module.hosting.find('acme', 'removed')).toBeUndefined();
    expect(await module.hosting.remove('acme', 'removed', caller)).toBe(false);
    expect((await auditOf('repository:acme/removed')).map(({ action }) => action)).toEqual([
      ...['repository.create', 'repository.remove'],
    ]);
  });

  it('leaves nothing to the next of its name, also when the folder stayed after a crash', async () => {
    await withCommit('reborn');
    await database.pool.query("DELETE FROM hosted_repository WHERE name = 'reborn'");
    const { outcome } = await module.hosting.create({ owner: 'acme', name: 'reborn' }, caller);
    expect(outcome).toBe('created');
    expect(await gitOk(['--git-dir', folderOf('reborn'), 'for-each-ref'])).toBe('');
  });
});

describe('a push', () => {
  it('is recorded, and asks for a read of what lies in the repository', async () => {
    const { repository } = await module.hosting.create({ owner: 'acme', name: 'pushed' }, caller);
    await module.hosting.announcePush(repository, caller);
    expect(announced).toEqual(['acme/pushed']);
    expect((await module.hosting.find('acme', 'pushed'))?.pushedAt).toBeInstanceOf(Date);
    expect((await auditOf('repository:acme/pushed')).at(-1)?.action).toBe('repository.push');
  });
});
