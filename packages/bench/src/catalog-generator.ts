import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blockYaml } from './catalog-generator/block-yaml.ts';
import { countKinds, generateEntities } from './catalog-generator/entities.ts';
import type { GeneratedEntity, KindCounts } from './catalog-generator/entities.ts';
import { CatalogSampler } from './catalog-generator/sample.ts';
import type { CatalogSample } from './catalog-generator/sample.ts';
import { seededRandom } from './catalog-generator/seeded-random.ts';

/** What a generated catalog consists of. */
export interface GeneratedCatalog {
  /** Absolute or relative like `directory`; in the order in which they were written. */
  files: readonly string[];
  /** Entities of each kind. */
  counts: KindCounts;
  /** Relations that a catalog has to end up with, both directions counted. */
  relations: number;
  sample: CatalogSample;
}

/** Below it there is not enough of each kind for entities to refer to. */
const minEntities = 50;

/**
 * Writes a catalog of exactly `entities` entities to `directory` as multi-document files `part-00001.yaml`, …
 * and removes such files of an earlier run. The same numbers give the same bytes. Only one file is in memory at
 * a time, so 100,000 entities take no more than 1,000.
 * @throws RangeError for fewer than 50 entities or less than one in a file
 */
export async function generateCatalog(options: {
  entities: number;
  directory: string;
  entitiesPerFile?: number;
  seed?: number;
}): Promise<GeneratedCatalog> {
  const { entities, directory, entitiesPerFile = 500, seed = 1 } = options;
  if (!Number.isInteger(entities) || entities < minEntities) {
    throw new RangeError(`a catalog has at least ${minEntities} entities, not ${entities}`);
  }
  if (!Number.isInteger(entitiesPerFile) || entitiesPerFile < 1) {
    throw new RangeError(`a file holds at least one entity, not ${entitiesPerFile}`);
  }
  await emptyOfParts(directory);
  const counts = countKinds(entities);
  const sampler = new CatalogSampler();
  const files: string[] = [];
  let declared = 0;
  for (const part of partsOf(generateEntities(counts, seededRandom(seed)), entitiesPerFile)) {
    for (const entity of part) {
      sampler.observe(entity);
      declared += declaredRelations(entity);
    }
    const file = join(directory, `part-${String(files.length + 1).padStart(5, '0')}.yaml`);
    await writeFile(file, part.map(documentOf).join(''));
    files.push(file);
  }
  return { files, counts, relations: 2 * declared, sample: sampler.sample(counts) };
}

async function emptyOfParts(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const earlier = (await readdir(directory)).filter((name) => /^part-\d+\.yaml$/.test(name));
  await Promise.all(earlier.map((name) => rm(join(directory, name))));
}

function* partsOf(entities: Iterable<GeneratedEntity>, size: number): Generator<GeneratedEntity[]> {
  let part: GeneratedEntity[] = [];
  for (const entity of entities) {
    part.push(entity);
    if (part.length === size) {
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}

function documentOf({ kind, metadata, spec }: GeneratedEntity): string {
  return `---\n${blockYaml({ apiVersion: 'backstage.io/v1alpha1', kind, metadata, spec })}`;
}

const referenceFields = ['owner', 'system', 'domain', 'subcomponentOf', 'parent'];
const referenceListFields = ['memberOf', 'dependsOn', 'providesApis', 'consumesApis'];

/** How many relations an entity declares; no two of them are the same, and nothing is declared from both ends. */
function declaredRelations({ spec }: GeneratedEntity): number {
  let declared = referenceFields.filter((field) => spec[field] !== undefined).length;
  for (const field of referenceListFields) {
    const references = spec[field];
    if (Array.isArray(references)) declared += references.length;
  }
  return declared;
}
