/** Statements that collect a reading, in tables of its connection. */

const TABLES = [
  ...['incoming_file', 'incoming_document', 'listed_file', 'claim'],
  ...['file_change', 'moving', 'doomed', 'touched_ref'],
];

/** Whether the tables are there: to make them takes longer than to write what a few files say. */
export const HAS_INCOMING = `SELECT to_regclass('pg_temp.touched_ref') IS NOT NULL AS is_there`;

/**
 * Where a reading is collected before it is compared with what the catalog has. Documents are not compressed: most are
 * a little over the size from which PostgreSQL would do that, and they are gone in a moment.
 *
 * Not `ON COMMIT DELETE ROWS`, which cuts all the files of all the tables off at every commit, however few rows they
 * have, while others wait for the catalog's lock: that takes ten times as long as to delete a few rows.
 */
export const CREATE_INCOMING = `
  CREATE TEMP TABLE incoming_file (
    path text PRIMARY KEY, content_id text NOT NULL, problems jsonb NOT NULL,
    broken_refs text[] NOT NULL, keeps_missing boolean NOT NULL, location text NOT NULL, dependencies jsonb
  );
  CREATE TEMP TABLE incoming_document (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, path text NOT NULL, document_index int NOT NULL, line int NOT NULL, ref text NOT NULL,
    content_hash text NOT NULL, entity json NOT NULL, relations text[] NOT NULL, descriptor_text text NOT NULL
  ) WITH (toast_tuple_target = 8160);
  CREATE TEMP TABLE listed_file (path text PRIMARY KEY);
  CREATE TEMP TABLE claim (
    file_id bigint NOT NULL, document_id bigint NOT NULL, path text NOT NULL, document_index int NOT NULL,
    line int NOT NULL, ref text NOT NULL, content_hash text NOT NULL
  );
  CREATE TEMP TABLE file_change (
    path text PRIMARY KEY, revision text, changed_by text, reason text
  );
  CREATE TEMP TABLE moving (id bigint PRIMARY KEY, file_id bigint NOT NULL);
  CREATE TEMP TABLE doomed (
    id bigint PRIMARY KEY, ref text NOT NULL, uid uuid NOT NULL, source_id bigint NOT NULL,
    is_holder boolean NOT NULL, is_taken_over boolean NOT NULL DEFAULT false
  );
  CREATE TEMP TABLE touched_ref (ref text NOT NULL);
  CREATE FUNCTION pg_temp.empty_incoming(large_bytes bigint) RETURNS void LANGUAGE plpgsql AS $empty$
  BEGIN
    IF ${TABLES.map((table) => `pg_total_relation_size('pg_temp.${table}')`).join(' + ')} > large_bytes THEN
      TRUNCATE ${TABLES.join(', ')};
    ELSE
      ${TABLES.map((table) => `DELETE FROM ${table};`).join(' ')}
    END IF;
  END $empty$`;

/** Empties the tables. `$1`: from this size on (bytes) they give back what they took. */
export const EMPTY_INCOMING = 'SELECT pg_temp.empty_incoming($1)';

/** `$1`: JSON array of rows. */
export const INSERT_INCOMING_FILES = `
  INSERT INTO incoming_file
  SELECT path, content_id, problems, broken_refs, keeps_missing, location, dependencies
    FROM json_to_recordset($1::json) AS row(
      path text, content_id text, problems jsonb, broken_refs text[], keeps_missing boolean,
      location text, dependencies jsonb)`;

/** Takes the rows that `writeIncomingRow` writes. */
export const COPY_INCOMING_DOCUMENTS = `
  COPY incoming_document (path, document_index, line, ref, content_hash, entity, relations, descriptor_text)
  FROM STDIN`;

/** `$1`: array of paths. */
export const INSERT_LISTED_FILES = `INSERT INTO listed_file SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`;

/** `$1`: JSON array of rows. */
export const INSERT_FILE_CHANGES = `
  INSERT INTO file_change
  SELECT path, revision, changed_by, reason
    FROM json_to_recordset($1::json) AS row(path text, revision text, changed_by text, reason text)
  ON CONFLICT DO NOTHING`;

/**
 * Not the documents: they are read as a whole or by their primary key, and to look at a sample of such wide rows would
 * take longer than all the joins.
 */
export const ANALYZE_INCOMING = `ANALYZE incoming_file; ANALYZE listed_file`;
