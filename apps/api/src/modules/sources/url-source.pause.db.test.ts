import { analyzeSource } from '@waymark/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { componentYaml } from '../../testing/source-folder.ts';
import { useUrlSources } from '../../testing/url-sources.ts';

const given = useUrlSources();
const GITHUB = 'https://github.com/acme/shop/blob/main';
const TOO_MANY = { status: 429, headers: { 'retry-after': '600' } };

beforeEach(async () => {
  await given.harness.database.pool.query('DELETE FROM git_host_pause');
  given.hosts.repositories['acme/shop'] = { 'one.yaml': componentYaml('one') };
});

describe('a host that wants to be left alone', () => {
  it('is not asked again by any source by URL, and nothing is lost', async () => {
    const [first = '', second = ''] = await given.declare(`${GITHUB}/one.yaml`, `${GITHUB}/*.yaml`);
    await given.harness.read(first);
    given.hosts.failure = TOO_MANY;
    const source = await given.harness.read(first);
    expect(source).toMatchObject({ state: 'ready', error: { code: 'host.rate-limited' } });
    given.hosts.failure = undefined;
    given.hosts.requests.length = 0;
    expect((await given.harness.read(second)).error?.code).toBe('host.rate-limited');
    expect(given.hosts.requests).toEqual([]);
    expect(await given.names()).toEqual(['one']);
  });

  it('is asked again when the time is over', async () => {
    const { id } = await given.readUrl(`${GITHUB}/one.yaml`);
    given.hosts.failure = TOO_MANY;
    await given.harness.read(id);
    given.hosts.failure = undefined;
    const past = new Date(Date.now() - 1_000);
    await given.harness.database.pool.query('UPDATE git_host_pause SET until = $1', [past]);
    await given.harness.database.pool.query('UPDATE catalog_source SET next_read_at = $1', [past]);
    const source = await given.harness.read(id);
    expect(source.state).toBe('ready');
    expect(source.error).toBeUndefined();
  });

  it('keeps no source waiting that only points at it', async () => {
    given.hosts.repositories['plain/files'] = {
      'all.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: all }\nspec: { target: "${GITHUB}/one.yaml" }\n`,
    };
    const target = `http://${given.hosts.host}/files/all.yaml`;
    const { id } = await given.readUrl(target);
    expect(await given.names()).toEqual(['all', 'one']);
    await given.harness.database.pool.query(
      `INSERT INTO git_host_pause (host, until, reason) VALUES ('github.com', now() + interval '1 hour', 'Leave it alone.')`,
    );
    const source = await given.harness.read(id);
    expect(source).toMatchObject({ state: 'ready' });
    expect(source.error).toBeUndefined();
    expect(await given.problemsOf(id)).toMatchObject([
      { code: 'location.target-unreadable', message: 'Leave it alone.' },
    ]);
    expect(await given.names()).toEqual(['all', 'one']);
  });

  it('is not asked for somebody who looks before registering, and that is said', async () => {
    given.hosts.failure = TOO_MANY;
    const looking = () => given.harness.api.call(analyzeSource, { body: { target: `${GITHUB}/one.yaml` } });
    await expect(looking()).rejects.toMatchObject({ code: 'catalog.source-unreadable' });
    given.hosts.failure = undefined;
    given.hosts.requests.length = 0;
    await expect(looking()).rejects.toThrow(/left alone until/);
    expect(given.hosts.requests).toEqual([]);
  });
});
