import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ApiClient } from '@waymark/api-client';
import {
  getEntityHistory,
  getEntityOrigin,
  listSources,
  queryEntities,
  refreshSource,
  type EntityChange,
} from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSourcesWorker, type SourcesWorker } from './modules/sources/index.ts';
import { testConfig } from './testing/test-config.ts';
import { startCatalogHarness, type CatalogHarness } from './testing/catalog-harness.ts';
import { startCatalogPoller, type CatalogPoller } from './testing/catalog-poller.ts';
import { createGitRepository, type GitRepository } from './testing/git-repository.ts';
import { patientClient } from './testing/patient-client.ts';
import { eventually } from './testing/server-process.ts';
import { componentYaml } from './testing/source-folder.ts';

/*
 * The story of a catalog over two repositories, read by the worker as it runs, while somebody looks at it all the
 * time. Each step is a push and the refresh that its webhook would ask for; everything else must happen by itself.
 */

const FILES = 300;
const HOUR_MS = 3_600_000;
const PATIENCE_MS = 600_000;
const LIMITS = {
  maxFileBytes: 1_000_000,
  maxDocumentBytes: 1_000_000,
  maxDepth: 100,
  maxAliasCount: 20,
  maxFiles: 10_000,
};

const database = useTestDatabase();
let home: string;
let harness: CatalogHarness;
let api: ApiClient;
let worker: SourcesWorker | undefined;
let poller: CatalogPoller | undefined;
let first: Repository;
let second: Repository;
/** What the history of each entity must tell in the end, oldest first. */
const expected = new Map<string, [EntityChange['kind'], string][]>();

/** A repository with the files that its branch has now, and the id of its source. */
interface Repository {
  git: GitRepository;
  files: Record<string, string>;
  sourceId: string;
}

const nameOf = (index: number) => `service-${String(index).padStart(3, '0')}`;
const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, offset) => nameOf(from + offset));
const paramsOf = (name: string) => ({ kind: 'component', namespace: 'default', name });
const pathIn = (folder: string, name: string) => `${folder}/${name}/catalog-info.yaml`;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-story-'));
  harness = await startCatalogHarness({ databaseUrl: database().url, home });
  api = patientClient(harness.api);
  [first, second] = ['first', 'second'].map((name) => ({
    git: createGitRepository(path.join(home, `${name}.git`)),
    files: {},
    sourceId: '',
  })) as [Repository, Repository]; // as many as there are names
});

afterAll(async () => {
  await poller?.stop().catch(() => {}); // a failed test has told of it
  await worker?.stop();
  await harness[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

/** Waits as long as it takes on a machine that does much else; the test as a whole has its bound. */
const patiently = <Answer>(ask: () => Promise<Answer>, isGood: (answer: Answer) => boolean) =>
  eventually(ask, isGood, PATIENCE_MS);

/** Commits the files of a repository as they stand now, and tells what the history of the entities gets by it. */
function push(repository: Repository, kind?: EntityChange['kind'], changed: readonly string[] = []): void {
  const commit = repository.git.commit(repository.files);
  if (kind === undefined) return;
  for (const name of changed) expected.set(name, [...(expected.get(name) ?? []), [kind, commit]]);
}

function move(
  from: Repository,
  to: Repository,
  moved: readonly string[],
  oldFolder: string,
  newFolder: string,
): void {
  for (const name of moved) {
    to.files[pathIn(newFolder, name)] = from.files[pathIn(oldFolder, name)] ?? '';
    delete from.files[pathIn(oldFolder, name)];
  }
}

const refresh = ({ sourceId }: Repository) => api.call(refreshSource, { params: { id: sourceId } });

/** Waits until the entities come from a folder of a repository. One reading moves all of them, so a few tell. */
async function allComeFrom(repository: Repository, folder: string, moved: readonly string[]): Promise<void> {
  for (const name of [moved[0], moved.at(-1)]) {
    await patiently(
      () => api.call(getEntityOrigin, { params: paramsOf(name ?? '') }),
      (origin) => origin.sourceId === repository.sourceId && origin.path === pathIn(folder, name ?? ''),
    );
  }
}

const found = async (filter: string) =>
  (await api.call(queryEntities, { query: { filter: [filter], limit: 0 } })).totalItems;

async function brokenNames(): Promise<string[]> {
  const { items } = await api.call(queryEntities, {
    query: { filter: ['kind=component'], limit: 1000 },
  });
  return items
    .filter((entity) => entity.status?.items?.some(({ level }) => level === 'error'))
    .map((entity) => entity.metadata?.name ?? '')
    .sort();
}

it('shows no false absence and nothing stale, and remembers every step', async () => {
  // Two repositories appear.
  for (const name of names(0, FILES)) first.files[pathIn('services', name)] = componentYaml(name);
  second.files[pathIn('libraries', 'library')] = componentYaml('library');
  push(first, 'added', names(0, FILES));
  push(second, 'added', ['library']);
  worker = await startSourcesWorker({
    ...{ database: harness.database, log: pino({ level: 'silent' }), home, kinds: [], limits: LIMITS },
    declarations: [first, second].map(({ git }) => ({ type: 'git', target: git.url, origin: 'config' })),
    outbound: testConfig(),
    kindRules: testConfig().catalog,
    refreshIntervalMs: HOUR_MS,
  });
  const { items: sources } = await api.call(listSources, { query: {} });
  for (const repository of [first, second]) {
    repository.sourceId = sources.find(({ target }) => target === repository.git.url)?.id ?? '';
  }
  await patiently(
    () => found('kind=component'),
    (count) => count === FILES + 1,
  );
  poller = startCatalogPoller(api, [...names(0, FILES), 'library']);

  // Folders are renamed.
  move(first, first, names(0, 150), 'services', 'apps');
  push(first, 'moved', names(0, 150));
  await refresh(first);
  await allComeFrom(first, 'apps', names(0, 150));

  // Files move to the other repository. Only the old one is refreshed, so their absence there is seen first.
  move(first, second, names(200, 250), 'services', 'services');
  push(second, 'moved', names(200, 250));
  push(first);
  await refresh(first);
  await allComeFrom(second, 'services', names(200, 250));

  // Some move back. Now the new place is seen first.
  move(second, first, names(200, 210), 'services', 'back');
  push(first, 'moved', names(200, 210));
  push(second);
  await refresh(first);
  await refresh(second);
  await allComeFrom(first, 'back', names(200, 210));

  // YAML breaks, and is restored.
  const whole = { ...first.files };
  for (const name of names(0, 20)) first.files[pathIn('apps', name)] = 'kind: [unclosed\n';
  push(first);
  await refresh(first);
  await patiently(brokenNames, (broken) => broken.length === 20);
  expect(await brokenNames()).toEqual(names(0, 20));
  first.files = whole;
  push(first);
  await refresh(first);
  await patiently(brokenNames, (broken) => broken.length === 0);

  // Some change.
  for (const name of names(100, 130))
    first.files[pathIn('apps', name)] = componentYaml(name, ['system: billing']);
  push(first, 'changed', names(100, 130));
  await refresh(first);
  await patiently(
    () => found('spec.system=billing'),
    (count) => count === 30,
  );

  // Some are deleted, in both repositories.
  const deleted = [...names(0, 10), ...names(205, 220)];
  poller.mayGo(deleted);
  for (const [repository, folder, gone] of [
    [first, 'apps', names(0, 10)],
    [first, 'back', names(205, 210)],
    [second, 'services', names(210, 220)],
  ] as const) {
    for (const name of gone) delete repository.files[pathIn(folder, name)];
  }
  push(first, 'removed', [...names(0, 10), ...names(205, 210)]);
  push(second, 'removed', names(210, 220));
  await refresh(first);
  await refresh(second);
  await patiently(
    () => found('kind=component'),
    (count) => count === FILES + 1 - deleted.length,
  );
  poller.mustBeGone(deleted);
  await poller.pollSoMany(5);

  const seen = await poller.stop();
  expect(seen.falseAbsences).toEqual([]);
  expect(seen.stale).toEqual([]);
  expect(seen.polls).toBeGreaterThan(20);

  for (const [name, steps] of expected) {
    const { items } = await api.call(getEntityHistory, { params: paramsOf(name), query: {} });
    const told = items.toReversed().map(({ kind, revision }) => [kind, revision]);
    expect([name, told]).toEqual([name, steps]);
    for (const { kind, changedBy, reason } of items.slice(0, -1)) {
      expect([kind, changedBy, reason]).toEqual([
        kind,
        'Test <test@example.com>',
        expect.stringMatching(/^Commit \d+$/),
      ]);
    }
  }
}, 1_200_000);
