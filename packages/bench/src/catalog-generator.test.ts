import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  componentEntityV1alpha1Validator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import {
  apiEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import {
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { generateCatalog } from './catalog-generator.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waymark-catalog-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function readEntities(files: readonly string[]): Promise<Entity[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.flatMap((text) =>
    parseAllDocuments(text).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as Entity;
    }),
  );
}

async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex');
}

/** Relations both ways, each once, from what the entities declare. */
function relationsOf(entities: readonly Entity[]): Set<string> {
  const fields: Record<string, [string, string, string]> = {
    owner: ['group', 'ownedBy', 'ownerOf'],
    system: ['system', 'partOf', 'hasPart'],
    domain: ['domain', 'partOf', 'hasPart'],
    subcomponentOf: ['component', 'partOf', 'hasPart'],
    parent: ['group', 'childOf', 'parentOf'],
    memberOf: ['group', 'memberOf', 'hasMember'],
    dependsOn: ['', 'dependsOn', 'dependencyOf'],
    providesApis: ['api', 'providesApi', 'apiProvidedBy'],
    consumesApis: ['api', 'consumesApi', 'apiConsumedBy'],
  };
  const relations = new Set<string>();
  for (const { kind, metadata, spec } of entities) {
    const source = `${kind.toLowerCase()}:default/${metadata.name}`;
    for (const [field, [kindOfTarget, there, back]] of Object.entries(fields)) {
      for (const target of [spec?.[field] ?? []].flat() as string[]) {
        const ref = target.includes(':') ? target : `${kindOfTarget}:default/${target}`;
        relations.add(`${source} ${there} ${ref}`).add(`${ref} ${back} ${source}`);
      }
    }
  }
  return relations;
}

describe('generateCatalog', () => {
  it('writes as many entities as asked for, each once and valid for Backstage', async () => {
    const { files, counts } = await generateCatalog({ entities: 1_200, directory });
    expect(files.map((file) => file.slice(directory.length + 1))).toEqual(await readdir(directory));
    const entities = await readEntities(files);
    expect(entities).toHaveLength(1_200);
    expect(new Set(entities.map(({ kind, metadata }) => `${kind}:${metadata.name}`)).size).toBe(1_200);
    const byKind = Object.groupBy(entities, ({ kind }) => kind);
    expect(Object.fromEntries(Object.entries(byKind).map(([kind, list]) => [kind, list?.length]))).toEqual(
      counts,
    );
    const policy = EntityPolicies.allOf([new SchemaValidEntityPolicy(), new FieldFormatEntityPolicy()]);
    const validators = [
      apiEntityV1alpha1Validator,
      componentEntityV1alpha1Validator,
      domainEntityV1alpha1Validator,
      groupEntityV1alpha1Validator,
      resourceEntityV1alpha1Validator,
      systemEntityV1alpha1Validator,
      userEntityV1alpha1Validator,
    ];
    for (const entity of entities) {
      await policy.enforce(entity);
      const verdicts = await Promise.all(validators.map((validator) => validator.check(entity)));
      expect(verdicts, entity.metadata.name).toContain(true);
    }
  });

  it('refers only to entities that exist, and counts the relations that follow', async () => {
    const { files, relations } = await generateCatalog({ entities: 900, directory });
    const entities = await readEntities(files);
    const all = relationsOf(entities);
    expect(relations).toBe(all.size);
    const known = new Set(
      entities.map(({ kind, metadata }) => `${kind.toLowerCase()}:default/${metadata.name}`),
    );
    expect([...all].filter((relation) => !known.has(relation.split(' ')[2] ?? ''))).toEqual([]);
    expect([...all].filter((relation) => relation.split(' ')[0] === relation.split(' ')[2])).toEqual([]);
  });

  it('gives the same bytes for the same seed, others for another, whatever the size of a file', async () => {
    const first = await generateCatalog({ entities: 300, directory });
    const hash = await hashOf(first.files);
    expect(first.files).toHaveLength(1);
    const again = await generateCatalog({ entities: 300, directory, entitiesPerFile: 7 });
    expect(again.files).toHaveLength(43);
    expect(await hashOf(again.files)).toBe(hash);
    expect({ ...again, files: [] }).toEqual({ ...first, files: [] });
    const other = await generateCatalog({ entities: 300, directory, seed: 2 });
    expect(await hashOf(other.files)).not.toBe(hash);
  });

  it('removes the files of a larger catalog that was there before', async () => {
    await generateCatalog({ entities: 200, directory, entitiesPerFile: 50 });
    const { files } = await generateCatalog({ entities: 60, directory, entitiesPerFile: 50 });
    expect(await readdir(directory)).toEqual(files.map((file) => file.slice(directory.length + 1)));
  });

  it('gives a sample of 500 different values that all occur', async () => {
    const { files, sample } = await generateCatalog({ entities: 2_000, directory });
    const entities = await readEntities(files);
    const names = new Set(
      entities.filter(({ kind }) => kind === 'Component').map(({ metadata }) => metadata.name),
    );
    expect(new Set(sample.components).size).toBe(500);
    expect(sample.components.filter((name) => !names.has(name))).toEqual([]);
    const owners = new Set(entities.map(({ spec }) => spec?.['owner']));
    expect(sample.owners.length).toBe(39);
    expect(sample.owners.filter((owner) => !owners.has(owner))).toEqual([]);
    const words = new Set(
      entities.flatMap(({ metadata }) => metadata.description?.toLowerCase().match(/[a-z]+/g) ?? []),
    );
    expect(new Set(sample.words).size).toBe(500);
    expect(sample.words.filter((word) => !words.has(word))).toEqual([]);
    const text = (value: unknown) => (typeof value === 'string' ? value : '');
    const typed = new Set(entities.map(({ kind, spec }) => `${kind} ${text(spec?.['type'])}`));
    expect(sample.kindTypes).toHaveLength(500);
    expect(sample.kindTypes.filter(({ kind, type }) => !typed.has(`${kind} ${type}`))).toEqual([]);
    const owned = new Set(
      entities.map(({ kind, spec }) => `${kind} ${text(spec?.['type'])} ${text(spec?.['owner'])}`),
    );
    const combinations = sample.kindTypeOwners.map(({ kind, type, owner }) => `${kind} ${type} ${owner}`);
    expect(new Set(combinations).size).toBe(combinations.length);
    expect(combinations.filter((combination) => !owned.has(combination))).toEqual([]);
  });

  it('refuses a catalog too small for references, and a file for nothing', async () => {
    await expect(generateCatalog({ entities: 49, directory })).rejects.toThrow(
      'at least 50 entities, not 49',
    );
    await expect(generateCatalog({ entities: 50, directory, entitiesPerFile: 0 })).rejects.toThrow(
      'at least one entity',
    );
    expect(await readdir(directory)).toEqual([]);
  });
});
