import { describe, expect, it } from 'vitest';
import { useRegistration } from '../../testing/registration.ts';
import { componentYaml } from '../../testing/source-folder.ts';

const given = useRegistration();
const GITHUB = 'https://github.com/acme/shop/blob/main';
const ENTITY_FILE = `${GITHUB}/catalog-info.yaml`;

describe('the stock given.client of Backstage', () => {
  it('sees what a location would bring, before it is there', async () => {
    const answer = await given.client.addLocation({ target: ENTITY_FILE, dryRun: true });
    expect(answer).toMatchObject({ exists: false, location: { type: 'url', target: ENTITY_FILE } });
    expect(answer.entities.map(({ kind }) => kind)).toEqual(['Location', 'Component']);
    expect((await given.client.getLocations()).items).toEqual([]);
    expect(await given.auditActions()).toEqual([]);
  });

  it('adds a location once, finds it by id, ref and entity, and removes it with what it brought', async () => {
    const { location } = await given.client.addLocation({ type: 'url', target: ENTITY_FILE });
    expect(location).toMatchObject({ type: 'url', target: ENTITY_FILE });
    const again = await given.client.addLocation({ target: ENTITY_FILE, dryRun: true });
    expect(again.exists).toBe(true);
    // The given.client looks at the body of application/json only, so the name of the error is read from the wire.
    await expect(given.client.addLocation({ target: ENTITY_FILE })).rejects.toMatchObject({
      statusCode: 409,
    });
    const url = '/api/catalog/locations';
    const answer = await given.harness.app.inject({ method: 'POST', url, payload: { target: ENTITY_FILE } });
    expect(answer.json()).toMatchObject({
      ...{ code: 'catalog.source-exists', error: { name: 'ConflictError' }, response: { statusCode: 409 } },
    });
    const source = await given.harness.read(location.id);
    expect(source).toMatchObject({ origin: 'api', createdBy: 'user:default/guest', state: 'ready' });
    expect((await given.client.getLocations()).items).toMatchObject([location]);
    expect(await given.client.getLocationById(location.id)).toMatchObject(location);
    expect(await given.client.getLocationByRef(`url:${ENTITY_FILE}`)).toMatchObject(location);
    expect(await given.client.getLocationByEntity('component:default/shop')).toMatchObject(location);
    expect(await given.client.getLocationById('999999')).toBeUndefined();
    expect(await given.client.getLocationByEntity('component:default/other')).toBeUndefined();
    expect(location).toHaveProperty('entityRef');
    await given.client.removeLocationById(location.id);
    await given.harness.app.catalog.catchUp();
    expect(await given.harness.entity('component', 'shop')).toBeUndefined();
    expect((await given.client.getLocations()).items).toEqual([]);
    expect(await given.auditActions()).toEqual(['source.register', 'source.remove']);
  });

  it('reads a location again in place of a conflict, where it asks for that', async () => {
    const { location } = await given.client.addLocation({ target: ENTITY_FILE });
    const again = await given.client.addLocation({ target: ENTITY_FILE, onConflict: 'refresh' });
    expect(again.location.id).toBe(location.id);
    expect(await given.auditActions()).toEqual(['source.register', 'source.refresh']);
  });

  it('points a location at another target', async () => {
    const { location } = await given.client.addLocation({ target: ENTITY_FILE });
    const target = `${GITHUB}/other.yaml`;
    given.hosts.repositories['acme/shop'] = { 'other.yaml': componentYaml('other') };
    expect(await given.client.updateLocation(location.id, { target })).toMatchObject({
      id: location.id,
      target,
    });
    await given.harness.read(location.id);
    expect(await given.harness.entity('component', 'other')).toBeDefined();
  });

  it('asks for locations by predicate, page by page', async () => {
    for (const name of ['a', 'b', 'c']) await given.client.addLocation({ target: `${GITHUB}/${name}.yaml` });
    const query = { target: { $hasPrefix: `${GITHUB}/` } };
    const first = await given.client.queryLocations({ query, limit: 2 });
    expect(first).toMatchObject({ totalItems: 3, items: [{}, {}] });
    const cursor = first.pageInfo.nextCursor ?? '';
    expect(
      (await given.client.queryLocations({ cursor, limit: 2 })).items.map(({ target }) => target),
    ).toEqual([`${GITHUB}/c.yaml`]);
    expect((await given.client.queryLocations({ query: { target: 'none' } })).items).toEqual([]);
    const bad = given.client.queryLocations({ query: { $nonsense: 1 } as never });
    await expect(bad).rejects.toMatchObject({ statusCode: 400 });
  });

  it('looks at a file, and at a repository with and without one', async () => {
    const { location } = await given.client.addLocation({ target: ENTITY_FILE });
    await given.harness.read(location.id);
    const file = await given.client.analyzeLocation({ location: { type: 'url', target: ENTITY_FILE } });
    expect(file).toMatchObject({
      existingEntityFiles: [
        { isRegistered: true, location: { type: 'url', target: ENTITY_FILE }, entity: { kind: 'Component' } },
      ],
      generateEntities: [],
    });
    const repository = { type: 'url', target: 'https://github.com/acme/shop' };
    expect((await given.client.analyzeLocation({ location: repository })).existingEntityFiles).toHaveLength(
      1,
    );
    given.hosts.repositories['acme/shop'] = { 'README.md': '' };
    expect(await given.client.analyzeLocation({ location: repository })).toMatchObject({
      existingEntityFiles: [],
      generateEntities: [
        {
          entity: { kind: 'Component', metadata: { name: 'shop' } },
          fields: expect.arrayContaining([expect.objectContaining({ state: 'needsUserInput' })]),
        },
      ],
    });
  });
});
