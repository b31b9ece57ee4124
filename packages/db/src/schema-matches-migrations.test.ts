import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { createTestDatabase } from '@waymark/testing';
import pg from 'pg';
import { describe, expect, test } from 'vitest';

/**
 * What the migrations add on purpose and Prisma's schema language cannot say, as `kind:table.name`. A name
 * that no migration makes any more fails the test as well.
 */
const ONLY_IN_MIGRATIONS = [
  'constraint:catalog_state.catalog_state_one_row',
  'constraint:hosted_repository.hosted_repository_state_check',
  'constraint:notification.notification_severity_check',
  'index:catalog_entity.catalog_entity_holder_key',
  'index:catalog_entity.catalog_entity_rival_idx',
  'index:catalog_entity.catalog_entity_status_idx',
  'index:catalog_file.catalog_file_with_problems_idx',
  'index:scaffolder_run.scaffolder_run_waiting_idx',
  'index:hosted_repository.hosted_repository_owner_name_key',
  'index:notification.notification_broadcast_idx',
  'index:notification.notification_scope_idx',
];

const SCHEMA_DIRECTORY = join(import.meta.dirname, '../../../prisma/schema');

/** Everything that the database knows of our tables: one row an object, with its definition as text. */
const DEFINITIONS = `
  WITH ours AS (
    SELECT c.oid, c.relname FROM pg_class c
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'
  )
  SELECT 'table:' || relname AS key, '' AS definition FROM ours
  UNION ALL
  SELECT 'column:' || ours.relname || '.' || a.attname,
         concat_ws(' ', format_type(a.atttypid, a.atttypmod),
                   CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                   'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid),
                   'identity=' || nullif(a.attidentity::text, ''), 'generated=' || nullif(a.attgenerated::text, ''))
    FROM ours JOIN pg_attribute a ON a.attrelid = ours.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  UNION ALL
  SELECT 'constraint:' || ours.relname || '.' || c.conname, pg_get_constraintdef(c.oid)
    -- NOT NULL constraints of PostgreSQL 18 ('n') are compared with their columns.
    FROM ours JOIN pg_constraint c ON c.conrelid = ours.oid AND c.contype <> 'n'
  UNION ALL
  SELECT 'index:' || ours.relname || '.' || i.relname, pg_get_indexdef(i.oid)
    FROM ours JOIN pg_index x ON x.indrelid = ours.oid JOIN pg_class i ON i.oid = x.indexrelid
  UNION ALL
  SELECT 'trigger:' || ours.relname || '.' || t.tgname, pg_get_triggerdef(t.oid)
    FROM ours JOIN pg_trigger t ON t.tgrelid = ours.oid AND NOT t.tgisinternal
  UNION ALL
  SELECT 'enum:' || t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
    FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname`;

/** What Prisma would run to make an empty database fit the schema. */
async function sqlOfSchema(url: string): Promise<string> {
  const names = (await readdir(SCHEMA_DIRECTORY)).filter((name) => name.endsWith('.prisma'));
  const files = await Promise.all(
    names.map(async (path) => ({ path, content: await readFile(join(SCHEMA_DIRECTORY, path), 'utf8') })),
  );
  const engine = await SchemaEngine.new(
    { datamodels: files.map(({ path, content }) => [path, content]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url })),
  );
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? '';
  } finally {
    engine.free();
  }
}

async function definitionsOf(url: string, sql?: string): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if (sql !== undefined) await client.query(sql);
    const { rows } = await client.query<{ key: string; definition: string }>(DEFINITIONS);
    return new Map(rows.map(({ key, definition }) => [key, definition]));
  } finally {
    await client.end();
  }
}

describe('prisma/schema and prisma/migrations', () => {
  test('make the same tables, columns, constraints and indexes', async () => {
    await using fromMigrations = await createTestDatabase();
    await using fromSchema = await createTestDatabase('empty');
    const sql = await sqlOfSchema(fromSchema.url);
    // A failure of the engine can be silent.
    expect(sql).toContain('CREATE TABLE');

    const expected = await definitionsOf(fromSchema.url, sql);
    const actual = await definitionsOf(fromMigrations.url);
    expect(expected.size).toBeGreaterThan(10);
    const extras = ONLY_IN_MIGRATIONS.map(
      (key) => [key, actual.get(key) ?? 'missing: no migration makes it'] as const,
    );
    expect(extras.filter(([, definition]) => definition.startsWith('missing'))).toEqual([]);
    for (const [key] of extras) actual.delete(key);
    expect(sorted(actual)).toEqual(sorted(expected));
  });
});

function sorted(definitions: Map<string, string>): Record<string, string> {
  return Object.fromEntries([...definitions].sort(([left], [right]) => (left < right ? -1 : 1)));
}
