/** Statements that collect a reading, in tables of its transaction. */

/** Where a reading is collected before it is compared with what the catalog has. */
export const CREATE_INCOMING = `
  CREATE TEMP TABLE incoming_file (
    path text PRIMARY KEY, content_id text NOT NULL, problems jsonb NOT NULL,
    broken_refs text[] NOT NULL, keeps_missing boolean NOT NULL, location text NOT NULL, dependencies jsonb
  ) ON COMMIT DROP;
  CREATE TEMP TABLE incoming_document (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, path text NOT NULL, document_index int NOT NULL, line int NOT NULL, ref text NOT NULL,
    content_hash text NOT NULL, entity json NOT NULL, relations text[] NOT NULL, descriptor_text text NOT NULL
  ) ON COMMIT DROP;
  CREATE TEMP TABLE listed_file (path text PRIMARY KEY) ON COMMIT DROP;
  CREATE TEMP TABLE claim (
    file_id bigint NOT NULL, document_id int NOT NULL, path text NOT NULL, document_index int NOT NULL,
    line int NOT NULL, ref text NOT NULL, content_hash text NOT NULL
  ) ON COMMIT DROP;
  CREATE TEMP TABLE file_change (
    path text PRIMARY KEY, revision text, changed_by text, reason text
  ) ON COMMIT DROP;
  CREATE TEMP TABLE moving (id bigint PRIMARY KEY, file_id bigint NOT NULL) ON COMMIT DROP;
  CREATE TEMP TABLE doomed (
    id bigint PRIMARY KEY, ref text NOT NULL, uid uuid NOT NULL, source_id bigint NOT NULL,
    is_holder boolean NOT NULL, is_taken_over boolean NOT NULL DEFAULT false
  ) ON COMMIT DROP;
  CREATE TEMP TABLE touched_ref (ref text NOT NULL) ON COMMIT DROP`;

/** `$1`: JSON array of rows. */
export const INSERT_INCOMING_FILES = `
  INSERT INTO incoming_file
  SELECT path, content_id, problems, broken_refs, keeps_missing, location, dependencies
    FROM json_to_recordset($1::json) AS row(
      path text, content_id text, problems jsonb, broken_refs text[], keeps_missing boolean,
      location text, dependencies jsonb)`;

/** `$1`: JSON array of rows. */
export const INSERT_INCOMING_DOCUMENTS = `
  INSERT INTO incoming_document
    (path, document_index, line, ref, content_hash, entity, relations, descriptor_text)
  SELECT path, document_index, line, ref, content_hash, entity, relations, descriptor_text
    FROM json_to_recordset($1::json) AS row(
      path text, document_index int, line int, ref text, content_hash text, entity json,
      relations text[], descriptor_text text)`;

/** `$1`: array of paths. */
export const INSERT_LISTED_FILES = `INSERT INTO listed_file SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`;

/** `$1`: JSON array of rows. */
export const INSERT_FILE_CHANGES = `
  INSERT INTO file_change
  SELECT path, revision, changed_by, reason
    FROM json_to_recordset($1::json) AS row(path text, revision text, changed_by text, reason text)
  ON CONFLICT DO NOTHING`;

export const ANALYZE_INCOMING = `ANALYZE incoming_file; ANALYZE incoming_document; ANALYZE listed_file`;
