import { inTransaction, recordChange, type Database, type Transaction } from '@waymark/db';
import type { Caller } from '../../platform/auth/caller.ts';
import type { RepositoryName } from './repository-name.ts';

/** A repository as the database knows it; its objects are in a folder of its own. */
export interface HostedRepository extends RepositoryName {
  id: string;
  description: string;
  defaultBranch: string;
  isArchived: boolean;
  createdBy: string;
  createdFor: string | undefined;
  createdAt: Date;
  pushedAt: Date | undefined;
}

/** What is asked for when a repository is made. */
export interface NewRepository extends RepositoryName {
  description?: string | undefined;
  /** `main` without it. */
  defaultBranch?: string | undefined;
  /** Key of what it is made for: asked for twice with the same key, it is made once. */
  createdFor?: string | undefined;
}

/** `existing`: it was made before for the same. `taken`: another one has this name. */
export interface CreateOutcome {
  outcome: 'created' | 'existing' | 'taken';
  repository: HostedRepository;
}

/** Asks for a read of the catalog's sources that lie in a repository, on the same transaction. */
export type RequestReads = (transaction: Transaction, repository: HostedRepository) => void;

/** Rows of repositories, each changed together with its audit entry and its event. */
export interface RepositoriesRepository {
  create(input: NewRepository, caller: Caller): Promise<CreateOutcome>;
  find(name: RepositoryName): Promise<HostedRepository | undefined>;
  /** By owner and name, after `after`. `text` is looked for in owner, name and description. */
  list(query: {
    text: string | undefined;
    after: RepositoryName | undefined;
    limit: number;
  }): Promise<HostedRepository[]>;
  /** Resolves to what it removed. */
  remove(name: RepositoryName, caller: Caller): Promise<HostedRepository | undefined>;
  recordPush(repository: HostedRepository, caller: Caller): Promise<void>;
}

interface Row extends Record<string, unknown> {
  id: string;
  owner: string;
  name: string;
  description: string;
  default_branch: string;
  state: string;
  created_by: string;
  created_for: string | null;
  created_at: Date;
  pushed_at: Date | null;
}

const COLUMNS =
  'id::text AS id, owner, name, description, default_branch, state, created_by, created_for, created_at, pushed_at';
/** As the unique index has them. */
const OWNER = 'lower(owner) COLLATE "C"';
const NAME = 'lower(name) COLLATE "C"';
const OF_NAME = `${OWNER} = lower($1) AND ${NAME} = lower($2)`;
const FIND = `SELECT ${COLUMNS} FROM hosted_repository WHERE ${OF_NAME}`;
const REMOVE = `DELETE FROM hosted_repository WHERE ${OF_NAME} RETURNING ${COLUMNS}`;

/** `$1`, `$2`: owner and name of the last one of the page before; `$3`: text to look for; `$4`: how many. */
const LIST = `
  SELECT ${COLUMNS} FROM hosted_repository
   WHERE (${OWNER}, ${NAME}) > (lower($1::text), lower($2::text))
     AND ($3::text IS NULL OR position(lower($3) IN lower(owner || '/' || name || ' ' || description)) > 0)
   ORDER BY ${OWNER}, ${NAME}
   LIMIT $4`;

const INSERT = `
  INSERT INTO hosted_repository (owner, name, description, default_branch, created_by, created_for)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT DO NOTHING
  RETURNING ${COLUMNS}`;

/** What stood in the way of an insert, that with the same purpose first. */
const FIND_RIVAL = `
  SELECT ${COLUMNS} FROM hosted_repository WHERE created_for = $3 OR (${OF_NAME})
   ORDER BY (created_for = $3) DESC NULLS LAST LIMIT 1`;

/** A row that lost the race may be gone again before it is looked at; that is rare twice. */
const MAX_ATTEMPTS = 5;

export function createRepositoriesRepository(
  database: Database,
  requestReads: RequestReads,
): RepositoriesRepository {
  const { pool } = database;
  return {
    async create(input, caller) {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const outcome = await inTransaction(database, (open) => insertOrFind(open, input, caller));
        if (outcome) return outcome;
      }
      throw new Error(`The repository ${input.owner}/${input.name} comes and goes.`);
    },

    async find({ owner, name }) {
      const { rows } = await pool.query<Row>(FIND, [owner, name]);
      return rows[0] && repositoryOf(rows[0]);
    },

    async list({ text, after, limit }) {
      const { rows } = await pool.query<Row>(LIST, [
        after?.owner ?? '',
        after?.name ?? '',
        text ?? null,
        limit,
      ]);
      return rows.map(repositoryOf);
    },

    remove: ({ owner, name }, caller) =>
      inTransaction(database, async (open) => {
        const { rows } = await open.query<Row>(REMOVE, [owner, name]);
        const removed = rows[0] && repositoryOf(rows[0]);
        if (removed) record(open, 'remove', removed, caller);
        return removed;
      }),

    recordPush: (repository, caller) =>
      inTransaction(database, async (open) => {
        const { rowCount } = await open.query(
          'UPDATE hosted_repository SET pushed_at = now() WHERE id = $1::bigint',
          [repository.id],
        );
        // It was removed while somebody pushed to it.
        if (rowCount === 0) return;
        record(open, 'push', repository, caller);
        requestReads(open, repository);
      }),
  };
}

async function insertOrFind(
  open: Transaction,
  input: NewRepository,
  caller: Caller,
): Promise<CreateOutcome | undefined> {
  const { owner, name, description = '', defaultBranch = 'main', createdFor } = input;
  const inserted = await open.query<Row>(INSERT, [
    ...[owner, name, description, defaultBranch],
    ...[caller.actor.ref, createdFor ?? null],
  ]);
  const [row] = inserted.rows;
  if (row) {
    const repository = repositoryOf(row);
    record(open, 'create', repository, caller);
    return { outcome: 'created', repository };
  }
  const { rows } = await open.query<Row>(FIND_RIVAL, [owner, name, createdFor ?? null]);
  const repository = rows[0] && repositoryOf(rows[0]);
  if (!repository) return undefined;
  const isSame = createdFor !== undefined && repository.createdFor === createdFor;
  return { outcome: isSame ? 'existing' : 'taken', repository };
}

const PAST = { create: 'created', remove: 'removed', push: 'pushed' } as const;

function record(
  open: Transaction,
  action: keyof typeof PAST,
  { id, owner, name, createdFor }: HostedRepository,
  { actor, requestId }: Caller,
): void {
  const details = { id, ...(action === 'create' && createdFor !== undefined ? { createdFor } : {}) };
  recordChange(open, {
    audit: {
      ...{ actor: actor.ref, action: `repository.${action}`, target: `repository:${owner}/${name}` },
      ...{ requestId, details },
    },
    event: {
      type: `repository.${PAST[action]}`,
      subject: `${owner}/${name}`,
      payload: { ...details, owner, name, actor: actor.ref },
    },
  });
}

function repositoryOf(row: Row): HostedRepository {
  const { id, owner, name, description } = row;
  return {
    ...{ id, owner, name, description },
    defaultBranch: row.default_branch,
    isArchived: row.state === 'archived',
    createdBy: row.created_by,
    createdFor: row.created_for ?? undefined,
    createdAt: row.created_at,
    pushedAt: row.pushed_at ?? undefined,
  };
}
