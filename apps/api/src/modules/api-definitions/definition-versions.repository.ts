import type { Database } from '@waymark/db';
import { changeIdOf, instantOfChangeId } from '../history/index.ts';
import type { DefinitionVersion, DefinitionVersions } from './definition-versions.ts';

interface Row {
  valid_from: Date;
  revision: string | null;
  kind: string;
  type: unknown;
  definition: unknown;
}

const COLUMNS = `valid_from, revision, entity ->> 'kind' AS kind, entity -> 'spec' -> 'type' AS type,
       entity -> 'spec' -> 'definition' AS definition`;

const SELECT_CURRENT = `SELECT ${COLUMNS} FROM catalog_entity WHERE ref = $1 AND is_holder`;

/** Of all versions, the latest before an instant that has another definition. */
const SELECT_PREVIOUS = `
  SELECT ${COLUMNS} FROM catalog_entity_history
   WHERE ref = $1 AND valid_from < $2
     AND (entity -> 'spec' ->> 'definition') IS DISTINCT FROM $3
     AND (entity -> 'spec' ->> 'definition') IS NOT NULL
   ORDER BY valid_from DESC LIMIT 1`;

const SELECT_ONE = `
  SELECT ${COLUMNS} FROM catalog_entity WHERE ref = $1 AND is_holder AND valid_from = $2
  UNION ALL
  SELECT ${COLUMNS} FROM catalog_entity_history WHERE ref = $1 AND valid_from = $2
  LIMIT 1`;

/** Versions of definitions from the catalog and its history. */
export function createDefinitionVersions({ pool }: Database): DefinitionVersions {
  const first = async (sql: string, values: unknown[]) => {
    const { rows } = await pool.query<Row>(sql, values);
    return rows[0] && toVersion(rows[0]);
  };
  return {
    current: (ref) => first(SELECT_CURRENT, [ref]),
    previousDifferent: (ref, { at, text }) => first(SELECT_PREVIOUS, [ref, at, text]),
    byId: async (ref, id) => {
      const instant = instantOfChangeId(id);
      return instant && first(SELECT_ONE, [ref, instant.toISOString()]);
    },
  };
}

function toVersion({ valid_from, revision, kind, type, definition }: Row): DefinitionVersion {
  const text = kind.toLowerCase() === 'api' ? textOf(definition) : undefined;
  return {
    id: changeIdOf(valid_from),
    at: valid_from.toISOString(),
    ...(revision === null ? {} : { revision }),
    type,
    ...(text === undefined ? {} : { text }),
    isPlaceholder: typeof definition === 'object' && definition !== null,
  };
}

/** A definition that is no text is a placeholder that nobody resolved; it is shown as it stands. */
function textOf(definition: unknown): string | undefined {
  if (typeof definition === 'string') return definition.trim() === '' ? undefined : definition;
  return definition === null || definition === undefined ? undefined : JSON.stringify(definition, null, 2);
}
