import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  getEntityByName,
  getSource,
  listSourceProblems,
  listSources,
  queryEntities,
  refreshSource,
  type Source,
} from '@waymark/contracts';
import { retitleLastComponent } from './changed-file.ts';
import { median } from '../support/percentile.ts';
import type { ServerClient } from '../support/server-client.ts';

/** How long readings of the catalog take. */
export interface IngestionResult {
  /** Into the empty database: from the start of the reading until queries count every entity. */
  emptySeconds: number;
  entitiesPerSecond: number;
  /** The part of it until everything is committed; the rest is the read index. */
  committedSeconds: number;
  /** From the request for a reading until it is done; the median of {@link repetitions}. */
  unchangedSeconds: number;
  /** From the request until the changed entity is served; the median of {@link repetitions}. */
  changedFileSeconds: number;
}

export interface IngestionOptions {
  client: ServerClient;
  entities: number;
  /** Folder that the files were generated to; it is moved into the source. */
  generatedDirectory: string;
  /** Names of the generated files. */
  fileNames: readonly string[];
  /** The source's folder, empty until now. */
  sourceDirectory: string;
}

/** Readings of one kind, because each takes a moment only. */
const repetitions = 3;

/** Measures readings of the source that the server has been started with. */
export async function measureIngestion(options: IngestionOptions): Promise<IngestionResult> {
  const { client, entities, generatedDirectory, sourceDirectory } = options;
  const sources = await client.pollUntil(listSources, {}, ({ items }) => items.every(isReadyOrFailed));
  const empty = sources.items.find(({ type }) => type === 'file');
  if (empty?.state !== 'ready') throw new Error(`The empty source is not ready: ${JSON.stringify(sources)}`);

  const directory = join(sourceDirectory, 'catalog');
  await rename(generatedDirectory, directory);
  const source = await readAgain(client, empty);
  if (source.counts.entities !== entities) throw new Error(await explainMissing(client, source, entities));
  await client.pollUntil(queryEntities, { query: { limit: 0 } }, ({ totalItems }) => totalItems === entities);
  const emptySeconds = (Date.now() - startOf(source)) / 1000;
  return {
    emptySeconds,
    entitiesPerSecond: entities / emptySeconds,
    committedSeconds: (source.durationMs ?? Number.NaN) / 1000,
    unchangedSeconds: await repeat(async () => void (await readAgain(client, await current(client, source)))),
    changedFileSeconds: await measureChange(options, directory, source),
  };
}

async function measureChange(
  { client, fileNames }: IngestionOptions,
  directory: string,
  source: Source,
): Promise<number> {
  const file = join(directory, fileNames.at(-1) ?? '');
  let turn = 0;
  return repeat(async () => {
    turn += 1;
    const title = `Changed by the benchmark ${turn}`;
    const { text, component } = retitleLastComponent(await readFile(file, 'utf8'), title);
    await writeFile(file, text);
    await client.call(refreshSource, { params: { id: source.id } });
    await client.pollUntil(
      getEntityByName,
      { params: { kind: 'component', namespace: 'default', name: component } },
      ({ metadata }) => metadata.title === title,
    );
  });
}

async function explainMissing(
  client: ServerClient,
  { id, counts }: Source,
  entities: number,
): Promise<string> {
  const { items } = await client.call(listSourceProblems, { params: { id }, query: { limit: 3 } });
  return `${counts.entities} of ${entities} entities were read. The first problems: ${JSON.stringify(items)}`;
}

async function repeat(work: () => Promise<void>): Promise<number> {
  const seconds: number[] = [];
  for (let turn = 0; turn < repetitions; turn += 1) {
    const startedAt = performance.now();
    await work();
    seconds.push((performance.now() - startedAt) / 1000);
  }
  return median(seconds);
}

/** Asks for a reading and waits until it is done. */
async function readAgain(client: ServerClient, before: Source): Promise<Source> {
  const params = { id: before.id };
  await client.call(refreshSource, { params });
  const source = await client.pollUntil(
    getSource,
    { params },
    (now) => now.lastReadAt !== before.lastReadAt && isReadyOrFailed(now),
  );
  if (source.state === 'failed')
    throw new Error(`The source could not be read: ${JSON.stringify(source.error)}`);
  return source;
}

function current(client: ServerClient, { id }: Source): Promise<Source> {
  return client.call(getSource, { params: { id } });
}

function isReadyOrFailed({ state }: Source): boolean {
  return state === 'ready' || state === 'failed';
}

/** When its last reading began, by the clock that this process has too. */
function startOf({ lastReadAt }: Source): number {
  return Date.parse(lastReadAt ?? '');
}
