import { CatalogClient } from '@backstage/catalog-client';
import {
  getEntityOrigin,
  getEntityWhy,
  listOwnershipFindings,
  listSourceConflicts,
} from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { fetchInto } from '../../testing/catalog-harness.ts';
import { sendJson } from '../../testing/json-request.ts';
import { locationYaml } from '../../testing/location-yaml.ts';
import { componentYaml } from '../../testing/source-folder.ts';
import { useUrlSources } from '../../testing/url-sources.ts';

/** Names that look like others, hide something, or are claimed by somebody else. */

const given = useUrlSources();
const GITHUB = 'https://github.com/acme/shop/blob/main';
const NAME_LINE = 4;
/** Characters that a reader does not see, or that turn the line around. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** By what is wrong with them; each would be "shop", or its neighbour, to whoever reads it. */
const hostileNames: Record<string, string> = {
  'a Cyrillic letter': 'sh\u043Ep',
  'a Greek letter': 'sh\u03BFp',
  'full width': '\uFF53\uFF48\uFF4F\uFF50',
  'a long s': '\u017Fhop',
  'a Kelvin sign': 'shop\u212A',
  'a ligature': 'shop\uFB01',
  'a combining accent': 'shop\u0301',
  'a direction override': 'sh\u202Epo',
  'a direction isolate': '\u2066shop\u2069',
  'a direction mark': 'shop\u200E',
  'a zero-width space': 'sh\u200Bop',
  'a zero-width joiner': 'sh\u200Dop',
  'a byte order mark': 'shop\uFEFF',
  'a soft hyphen': 'sh\u00ADop',
  'a tag character': 'shop\u{E0061}',
  'an invisible letter': 'shop\u3164',
  'a bell': 'sh\u0007op',
  'an escape sequence': '\u001B[31mshop',
  'a line break': 'shop\nname: other',
  'a control character of the upper half': 'sh\u0085op',
  '64 characters': 's'.repeat(64),
  'dots only': '..',
  'a path': '../shop',
  'an encoded path': '%2e%2e%2fshop',
  'a dot at its end': 'shop.',
  'a blank': 'shop ',
  nothing: '',
};
const entityOf = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
});
const yamlOf = (name: string) => componentYaml('x').replace('name: x', () => `name: ${JSON.stringify(name)}`);
const allOf = (names: readonly string[]) => names.map(yamlOf).join('---\n');
const post = (path: string, body: unknown) =>
  sendJson(given.harness.app, 'POST', `/api/catalog/${path}`, JSON.stringify(body));

describe('a name that nobody can read for what it is', () => {
  it('is refused at its line, with everything that cannot be seen written out', async () => {
    const names = Object.values(hostileNames);
    given.hosts.repositories['acme/shop'] = { 'all.yaml': allOf(['shop', ...names, 's'.repeat(63), 'a..b']) };
    const { id } = await given.readUrl(`${GITHUB}/all.yaml`);
    expect(await given.names()).toEqual(['a..b', 'shop', 's'.repeat(63)]);
    const problems = await given.problemsOf(id);
    const linesOfOne = 9;
    expect(problems.map(({ code, line, field }) => [code, line, field])).toEqual(
      names.map((_, index) => ['entity.invalid', (index + 1) * linesOfOne + NAME_LINE, 'metadata.name']),
    );
    for (const { message, hint, entityRef } of problems) {
      expect(`${message}${hint}`).not.toMatch(INVISIBLE);
      expect(entityRef).toBeUndefined();
    }
    expect(problems[0]?.message).toContain('U+043E');
    expect(problems[7]?.message).toContain('sh\\u{202e}po');
  });

  it.each(Object.entries(hostileNames))('is refused in a question: %s', async (_, name) => {
    const { status, code, body } = await post('validate-entity', {
      location: 'url:https://x.example/a.yaml',
      entity: entityOf(name),
    });
    expect([status, code]).toEqual([400, 'catalog.entity-invalid']);
    expect(body).toMatchObject({ issues: [{ path: 'metadata.name' }] });
    expect(JSON.stringify((body as { detail: string }).detail)).not.toMatch(INVISIBLE);
  });

  it('names nothing, and no answer repeats it raw', async () => {
    given.hosts.repositories['acme/shop'] = { 'all.yaml': yamlOf('shop') };
    await given.readUrl(`${GITHUB}/all.yaml`);
    for (const name of Object.values(hostileNames)) {
      if (name === '' || name === '..') continue; // no URL has such a segment
      const url = `/api/catalog/entities/by-name/component/default/${encodeURIComponent(name)}`;
      for (const path of ['', '/origin', '/history', '/why', '/ancestry']) {
        const { status, text } = await sendJson(given.harness.app, 'GET', url + path);
        expect([name, path, path === '/why' ? 200 : 404]).toEqual([name, path, status]);
        if (status === 404) expect(text).not.toMatch(INVISIBLE);
      }
    }
    for (const [path, body] of [
      ['entities/by-refs', { entityRefs: ['\u202E:\u200B'] }],
      ['entities/by-refs', { entityRefs: ['a:\u202E/'] }],
      ['refresh', { entityRef: 'component:sh\u202Epo' }],
      ['validate-entity', { location: '\u202E', entity: entityOf('x') }],
      ['entities/by-query', { orderBy: [{ field: '\u202E__proto__.\u202E', order: 'asc' }] }],
      ['sources/analyze', { target: `${GITHUB}/sh\u202Epo.yaml` }],
      ['sources', { target: `${GITHUB}/sh\u202Epo.yaml` }],
      ['locations', { type: 'url', target: `${GITHUB}/sh\u200Bop.yaml` }],
    ] as const) {
      const { status, text } = await post(path, body);
      if (status !== 200) expect([path, status]).toEqual([path, path === 'refresh' ? 404 : 400]);
      expect(text).not.toMatch(INVISIBLE);
    }
  });
});

describe('a reference that hides something', () => {
  it('is kept as it is, and every sentence about it writes it out', async () => {
    const hidden = 'sh\u202Epo\u200B';
    given.hosts.repositories['acme/shop'] = {
      'all.yaml': [
        componentYaml('owned').replace('team-a', hidden),
        componentYaml('open', [`facts: { $text: ./${hidden}.txt }`]),
        componentYaml('key', [`"${hidden}": 1`]),
        locationYaml('all', [`./${hidden}.yaml`]).replace('type: file', 'type: url'),
      ].join('---\n'),
    };
    const { id } = await given.readUrl(`${GITHUB}/all.yaml`);
    const problems = await given.problemsOf(id);
    expect(problems.map(({ level, code, line }) => [level, code, line])).toEqual([
      ...[['warning', 'entity.unlikely-reference', 8]],
      ...[
        ['error', 'entity.bad-placeholder', 18],
        ['warning', 'entity.unresolved-placeholder', 18],
      ],
      ...[
        ['warning', 'entity.probable-typo', 28],
        ['error', 'location.target-not-found', 30],
      ],
    ]);
    for (const { message, hint } of problems) expect(message + hint).not.toMatch(INVISIBLE);
    expect((await given.harness.entity('component', 'owned'))?.spec?.['owner']).toBe(hidden);
    const findings = await given.harness.api.call(listOwnershipFindings, {
      ...{ params: { check: 'owner-unknown' }, query: {} },
    });
    const of = findings.items.find(({ entity }) => entity.ref === 'component:default/owned');
    expect(of?.detail).toContain('sh\\u{202e}po\\u{200b}');
    expect(`${of?.detail}${of?.fix}`).not.toMatch(INVISIBLE);
    const params = { kind: 'group', namespace: 'default', name: hidden };
    const why = await given.harness.api.call(getEntityWhy, { params });
    expect(why.summary + why.findings.map(({ message, hint }) => message + hint).join()).not.toMatch(
      INVISIBLE,
    );
  });
});

describe('a name in another spelling', () => {
  const OTHER = 'https://github.com/evil/shop/blob/main/all.yaml';

  it('is the same name: whoever had it keeps it, and both are shown', async () => {
    given.hosts.repositories['acme/shop'] = { 'all.yaml': componentYaml('shop', ['system: first']) };
    given.hosts.repositories['evil/shop'] = {
      'all.yaml': `${componentYaml('own')}---\n${componentYaml('SHOP', ['system: evil'])}---\n${componentYaml('Shop')}`,
    };
    const [first = '', second = ''] = await given.declare(`${GITHUB}/all.yaml`, OTHER);
    await given.harness.read(first);
    const before = await given.harness.entity('component', 'shop');
    const preview = await post('sources/analyze', { target: OTHER });
    expect(preview.body).toMatchObject({
      entities: [
        { name: 'own', outcome: 'new' },
        {
          name: 'SHOP',
          outcome: 'conflict',
          line: 10,
          holder: { sourceId: first, path: `${GITHUB}/all.yaml` },
        },
      ],
      problems: [{ code: 'entity.duplicate-ref', documentIndex: 2 }],
    });
    const source = await given.harness.read(second);
    expect(source.counts).toMatchObject({ conflicts: 1, errors: 1 });
    expect(await given.names()).toEqual(['own', 'shop']);
    expect(await given.harness.entity('COMPONENT', 'SHOP')).toEqual(before);
    const { items } = await given.harness.api.call(listSourceConflicts, {
      params: { id: second },
      query: {},
    });
    const holder = { sourceId: first, path: `${GITHUB}/all.yaml`, line: 1 };
    expect(items).toMatchObject([{ entityRef: 'component:default/shop', path: OTHER, line: 10, holder }]);
    const params = { kind: 'component', namespace: 'default', name: 'shop' };
    expect(await given.harness.api.call(getEntityOrigin, { params })).toMatchObject({
      ...holder,
      rivals: [{ sourceId: second, path: OTHER, line: 10 }],
    });
    const why = await given.harness.api.call(getEntityWhy, { params });
    expect(why.findings.map(({ code, sourceId }) => [code, sourceId])).toEqual([
      ...[
        ['file-error', second],
        ['rival', second],
        ['holder', first],
      ],
    ]);
  });

  it('is taken away from nobody by a registered location either, and goes over when its holder goes', async () => {
    given.hosts.repositories['acme/shop'] = { 'all.yaml': componentYaml('shop', ['system: first']) };
    given.hosts.repositories['evil/shop'] = { 'all.yaml': componentYaml('Shop', ['system: evil']) };
    const [first = ''] = await given.declare(`${GITHUB}/all.yaml`);
    await given.harness.read(first);
    const client = new CatalogClient({
      discoveryApi: { getBaseUrl: async () => 'http://localhost/api/catalog' },
      fetchApi: { fetch: fetchInto(given.harness.app) },
    });
    const { location } = await client.addLocation({ type: 'url', target: OTHER });
    expect((await given.harness.read(location.id)).counts.conflicts).toBe(1);
    expect((await client.getEntityByRef('component:default/shop'))?.spec?.['system']).toBe('first');
    delete given.hosts.repositories['acme/shop'];
    await given.harness.read(first);
    expect((await client.getEntityByRef('component:default/shop'))?.spec?.['system']).toBe('first');
    await given.declare();
    await given.harness.app.catalog.catchUp();
    expect((await given.harness.entity('component', 'shop'))?.spec?.['system']).toBe('evil');
    await client.removeLocationById(location.id);
  });
});
