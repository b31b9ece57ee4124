import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@waymark/testing';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyMigrations } from './migration-runner.ts';

let database: TestDatabase;
let directory: string;
let client: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase('empty');
  directory = await mkdtemp(join(tmpdir(), 'waymark-migrations-'));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, name), { recursive: true });
  await writeFile(join(directory, name, 'migration.sql'), sql);
}

const apply = (options: { lockTimeoutMs?: number; log?: (line: string) => void } = {}) =>
  applyMigrations({ url: database.url, directory, ...options });

const tables = async () => {
  const { rows } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  return rows.map(({ name }) => name).filter((name) => name !== '_prisma_migrations');
};

describe('applyMigrations', () => {
  test('applies all in the order of their names, once', async () => {
    await write('20260102_second', 'ALTER TABLE shelf ADD COLUMN width integer; CREATE TABLE lamp (id int);');
    await write('20260101_first', 'CREATE TABLE shelf (id int);');
    const all = ['20260101_first', '20260102_second'];
    expect(await apply()).toEqual({ applied: all, all });
    expect(await apply()).toEqual({ applied: [], all });
    expect(await tables()).toEqual(['lamp', 'shelf']);

    await write('20260103_third', 'CREATE TABLE door (id int)');
    expect((await apply()).applied).toEqual(['20260103_third']);
  });

  test('writes the rows that Prisma writes', async () => {
    const sql = 'CREATE TABLE shelf (id int); -- Regal: größer';
    await write('20260101_first', sql);
    await apply();
    const { rows } = await client.query('SELECT * FROM _prisma_migrations');
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum: createHash('sha256').update(sql).digest('hex'),
        migration_name: '20260101_first',
        started_at: expect.any(Date),
        finished_at: expect.any(Date),
        logs: null,
        rolled_back_at: null,
        applied_steps_count: 1,
      },
    ]);
  });

  test('keeps nothing of a migration that fails, keeps those before it, and names file and line', async () => {
    await write('20260101_first', 'CREATE TABLE shelf (id int);');
    await write(
      '20260102_second',
      'CREATE TABLE lamp (id int);\nALTER TABLE\n  no_such_table ADD COLUMN x int;',
    );
    await expect(apply()).rejects.toMatchObject({
      problem: 'failed',
      message: expect.stringMatching(/20260102_second failed: .*no_such_table/),
    });
    expect(await tables()).toEqual(['shelf']);
    await write('20260102_second', 'CREATE TABLE lamp (id int);');
    expect((await apply()).applied).toEqual(['20260102_second']);
  });

  test('tells the line of a syntax error', async () => {
    await write('20260101_first', 'CREATE TABLE shelf (id int);\n\nCREATE TABEL lamp (id int);');
    await expect(apply()).rejects.toThrow(/syntax error at or near "TABEL", line 3/);
  });

  test('refuses a migration that ends its own transaction', async () => {
    await write('20260101_first', 'CREATE TABLE shelf (id int); COMMIT; CREATE TABLE lamp (id int);');
    await expect(apply()).rejects.toMatchObject({ message: expect.stringContaining('ends the transaction') });
  });

  test('refuses when the file of an applied migration changed', async () => {
    await write('20260101_first', 'CREATE TABLE shelf (id int);');
    await apply();
    await write('20260101_first', 'CREATE TABLE shelf (id bigint);');
    await write('20260102_second', 'CREATE TABLE lamp (id int);');
    await expect(apply()).rejects.toMatchObject({
      problem: 'file-changed',
      message: expect.stringContaining('20260101_first'),
    });
    expect(await tables()).toEqual(['shelf']);
  });

  test('refuses a database that a newer version has migrated', async () => {
    await write('20260101_first', 'CREATE TABLE shelf (id int);');
    await write('20260102_second', 'CREATE TABLE lamp (id int);');
    await apply();
    await rm(join(directory, '20260102_second'), { recursive: true });
    await expect(apply()).rejects.toMatchObject({
      problem: 'file-missing',
      message: expect.stringContaining('20260102_second'),
    });
  });

  test('refuses when another tool left a migration unfinished, until that is resolved', async () => {
    await write('20260101_first', 'CREATE TABLE shelf (id int);');
    await apply();
    await write('20260102_second', 'CREATE TABLE lamp (id int);');
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'y', '20260102_second')",
    );
    await expect(apply()).rejects.toMatchObject({ problem: 'unfinished' });
    await client.query("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'x'");
    expect((await apply()).applied).toEqual(['20260102_second']);
  });

  test('lets one of several concurrent callers do the work while the others wait', async () => {
    await write('20260101_first', 'SELECT pg_sleep(0.2); CREATE TABLE shelf (id int);');
    const lines: string[] = [];
    const results = await Promise.all([1, 2, 3, 4].map(() => apply({ log: (line) => lines.push(line) })));
    expect(results.map(({ applied }) => applied.length).sort()).toEqual([0, 0, 0, 1]);
    expect(lines).toEqual(
      Array<string>(3).fill('Another process is migrating the database; waiting for it.'),
    );
  });

  test("waits for Prisma's own commands, but not for ever", async () => {
    await write('20260101_first', 'CREATE TABLE shelf (id int);');
    await client.query('SELECT pg_advisory_lock(72707369)');
    await expect(apply({ lockTimeoutMs: 50 })).rejects.toMatchObject({ problem: 'lock-timeout' });
    await client.query('SELECT pg_advisory_unlock(72707369)');
    expect((await apply({ lockTimeoutMs: 50 })).applied).toEqual(['20260101_first']);
  });
});
