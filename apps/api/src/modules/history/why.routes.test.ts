import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getEntityWhy, type EntityWhy } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { createGitRepository } from '../../testing/git-repository.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

const database = useTestDatabase();
let home: string;
let harness: CatalogHarness;
let folder: SourceFolder;
let sourceId: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  harness = await startCatalogHarness({ databaseUrl: database().url, home });
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

beforeEach(async () => {
  folder = await makeSourceFolder();
  [sourceId = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
});

afterEach(async () => {
  await harness.declare([]);
  await harness.database.pool.query('DELETE FROM catalog_entity_history');
  await folder[Symbol.asyncDispose]();
});

async function why(name: string, kind = 'component'): Promise<EntityWhy> {
  const answer = await harness.api.call(getEntityWhy, { params: { kind, namespace: 'default', name } });
  for (const { message, hint } of answer.findings) {
    expect(message).not.toBe('');
    expect(hint).not.toBe('');
  }
  return answer;
}

const codesOf = ({ findings }: EntityWhy) => findings.map(({ code }) => code);

describe('why an entity is here', () => {
  it('names the file, the line, the source and its reads', async () => {
    await folder.write('a.yaml', `${componentYaml('zero')}---\n${componentYaml('one')}`);
    const source = await harness.read(sourceId);
    const answer = await why('one');
    expect(answer).toMatchObject({ ref: 'component:default/one', isPresent: true });
    expect(answer.findings).toMatchObject([
      { code: 'holder', level: 'info', sourceId, sourceTarget: folder.directory, path: 'a.yaml', line: 10 },
    ]);
    expect(answer.sources).toEqual([
      {
        id: sourceId,
        target: folder.directory,
        state: 'ready',
        lastReadAt: source.lastReadAt,
        nextReadAt: source.nextReadAt,
      },
    ]);
    expect(answer.summary).toContain('a.yaml');
  });

  it('tells of the error in its file that keeps its last good version', async () => {
    await folder.write('a.yaml', componentYaml('one'));
    await harness.read(sourceId);
    await folder.write('a.yaml', componentYaml('one').replace('  owner: team-a\n', ''));
    await harness.read(sourceId);
    const answer = await why('one');
    expect(answer.findings).toMatchObject([
      {
        code: 'file-error',
        level: 'error',
        path: 'a.yaml',
        message: expect.stringContaining('last good version'),
      },
      { code: 'holder' },
    ]);
    expect(answer.summary).toContain('last good version');
    await folder.write('a.yaml', 'kind: [unclosed\n');
    await harness.read(sourceId);
    expect(codesOf(await why('one'))).toEqual(['file-error', 'holder']);
  });

  it('tells who else claims it, from both sides', async () => {
    await using rival = await makeSourceFolder();
    const [first = '', second = ''] = await harness.declare(
      [folder, rival].map(({ directory }) => ({ type: 'file', target: directory, origin: 'config' })),
    );
    await folder.write('a.yaml', componentYaml('one'));
    await rival.write('b.yaml', componentYaml('one'));
    await harness.read(first);
    await harness.read(second);
    const answer = await why('one');
    expect(answer.findings).toMatchObject([
      { code: 'rival', level: 'warning', sourceId: second, path: 'b.yaml', line: 1 },
      { code: 'holder', sourceId: first, path: 'a.yaml' },
    ]);
    expect(answer.sources.map(({ id }) => id)).toEqual([first, second]);
  });

  it('says when its source cannot be read any more', async () => {
    await folder.write('a.yaml', componentYaml('one'));
    await harness.read(sourceId);
    await folder[Symbol.asyncDispose]();
    await harness.read(sourceId);
    expect((await why('one')).findings).toMatchObject([
      { code: 'source-failed', level: 'error', sourceId },
      { code: 'holder', sourceId },
    ]);
  });
});

describe('why an entity is not here', () => {
  it('names the error of the document that describes it', async () => {
    await folder.write('a.yaml', componentYaml('one').replace('  owner: team-a\n', ''));
    await harness.read(sourceId);
    const answer = await why('one');
    expect(answer).toMatchObject({ isPresent: false, summary: expect.stringContaining('has an error') });
    expect(answer.findings).toMatchObject([
      {
        code: 'file-error',
        level: 'error',
        sourceId,
        path: 'a.yaml',
        message: expect.stringContaining('owner'),
      },
    ]);
  });

  it('names the rule that does not allow it', async () => {
    await harness.read(sourceId);
    const problem = {
      path: 'b.yaml',
      line: 3,
      level: 'error',
      code: 'entity.kind-not-allowed',
      message: 'Resource is not allowed from here.',
      hint: 'Add a rule.',
      entityRef: 'resource:default/db',
    };
    await harness.database.pool.query(
      `INSERT INTO catalog_file (source_id, path, content_id, problems) VALUES ($1, 'b.yaml', 'x', $2)`,
      [sourceId, JSON.stringify([problem])],
    );
    const answer = await why('db', 'resource');
    expect(answer.findings).toMatchObject([
      { code: 'kind-not-allowed', path: 'b.yaml', line: 3, hint: 'Add a rule.' },
    ]);
    expect(answer.summary).toContain('rule');
  });

  it('names the commit that took it out', async () => {
    const repository = createGitRepository(path.join(home, 'gone.git'));
    const [id = ''] = await harness.declare([{ type: 'git', target: repository.url, origin: 'config' }]);
    repository.commit({ 'catalog-info.yaml': componentYaml('one') });
    await harness.read(id);
    const commit = repository.commit({ 'README.md': 'nothing here' });
    await harness.read(id);
    const answer = await why('one');
    expect(answer.isPresent).toBe(false);
    expect(answer.findings).toMatchObject([
      {
        code: 'removed',
        sourceId: id,
        path: 'catalog-info.yaml',
        message: expect.stringContaining(commit.slice(0, 12)),
      },
    ]);
    expect(answer.findings[0]?.message).toContain('Test <test@example.com>: Commit 2');
    expect(answer.sources.map((source) => source.id)).toEqual([id]);
  });

  it('names sources that failed, were never read, or are paused, for it may be there', async () => {
    await using unread = await makeSourceFolder();
    await using paused = await makeSourceFolder();
    const ids = await harness.declare(
      [folder, unread, paused].map(({ directory }) => ({
        type: 'file',
        target: directory,
        origin: 'config',
      })),
    );
    await harness.read(ids[2] ?? '');
    await harness.database.pool.query('UPDATE catalog_source SET is_paused = true WHERE id = $1', [ids[2]]);
    await folder[Symbol.asyncDispose]();
    await harness.read(ids[0] ?? '');
    const answer = await why('one');
    const waiting = [
      { code: 'source-waiting', sourceId: ids[1], message: expect.stringContaining('never read') },
      { code: 'source-waiting', sourceId: ids[2], message: expect.stringContaining('paused') },
    ];
    expect(answer.findings).toMatchObject([
      { code: 'source-failed', level: 'error', sourceId: ids[0] },
      { code: 'never-seen' },
      ...waiting.sort((left, right) => Number(left.sourceId) - Number(right.sourceId)),
    ]);
  });

  it('offers the same name as another kind, and names with a slip of the finger', async () => {
    await folder.write(
      'a.yaml',
      ['payments', 'payment-gateway', 'orders'].map((name) => componentYaml(name)).join('---\n'),
    );
    await harness.read(sourceId);
    expect((await why('paymetns')).findings).toMatchObject([
      { code: 'never-seen' },
      { code: 'similar-name', entityRef: 'component:default/payments' },
    ]);
    expect((await why('orders', 'api')).findings).toMatchObject([
      { code: 'never-seen' },
      {
        code: 'similar-name',
        entityRef: 'component:default/orders',
        message: expect.stringContaining('same name'),
      },
    ]);
    expect(codesOf(await why('nothing-like-it'))).toEqual(['never-seen']);
  });

  it('shows no password of a source', async () => {
    const target = 'https://user:secret@127.0.0.1:9/never.git';
    await harness.declare([{ type: 'git', target, origin: 'config' }]);
    expect(JSON.stringify(await why('one'))).toMatch(/^(?!.*secret).*https:\/\/127\.0\.0\.1:9\/never\.git/);
  });
});
