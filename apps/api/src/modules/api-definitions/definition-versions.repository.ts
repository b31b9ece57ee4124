import type { Database } from '@waymark/db';
import type { DefinitionVersion, DefinitionVersions } from './definition-versions.ts';

interface Row {
  id: string;
  updated_at: Date;
  kind: string;
  type: unknown;
  definition: unknown;
}

const SELECT_CURRENT = `SELECT id, updated_at, entity ->> 'kind' AS kind, entity -> 'spec' -> 'type' AS type,
       entity -> 'spec' -> 'definition' AS definition
  FROM catalog_entity WHERE ref = $1 AND is_holder`;

/** Versions of definitions from the catalog's tables. */
export function createDefinitionVersions({ pool }: Database): DefinitionVersions {
  const current = async (ref: string) => {
    const { rows } = await pool.query<Row>(SELECT_CURRENT, [ref]);
    return rows[0] && toVersion(rows[0]);
  };
  return {
    current,
    previousDifferent: async () => undefined,
    async byId(ref, id) {
      const version = await current(ref);
      return version?.id === id ? version : undefined;
    },
  };
}

function toVersion({ id, updated_at, kind, type, definition }: Row): DefinitionVersion {
  const text = kind.toLowerCase() === 'api' ? textOf(definition) : undefined;
  return {
    id,
    at: updated_at.toISOString(),
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
