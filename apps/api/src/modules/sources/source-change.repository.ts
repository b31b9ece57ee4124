import type { Transaction } from '@waymark/db';
import { SOURCES_CHANNEL } from './sources.repository.ts';
import { READ_AGAIN } from './sources.sql.ts';

/** Something happened at a Git host, and sources may not show it yet. */
export type SourceChange =
  | {
      type: 'push';
      host: 'github' | 'gitlab';
      /** `organisation/name`. */
      fullName: string;
      /** Web address without a scheme, in lower case: `github.com/acme/payments`. */
      address: string | undefined;
      branch: string;
      defaultBranch: string;
    }
  | { type: 'repositories-changed' | 'people-changed'; host: 'github' | 'gitlab'; owners: string[] };

/** A target without scheme, user, suffix and case, so that all spellings of a repository are one. */
const ADDRESS = `
  regexp_replace(
    regexp_replace(
      regexp_replace(lower(target), '^([a-z+]+://)?([^/@]*@)?', ''),
      '^([^/:]+):(?!\\d+/)', '\\1/'),
    '(\\.git)?/*$', '')`;

/** Makes sources due, and tells the workers of one of them: they look at all that is due. */
const requestReadsWhere = (condition: string): string => `
  WITH requested AS (
    UPDATE catalog_source SET ${READ_AGAIN}
     WHERE NOT is_paused AND ${condition}
    RETURNING id)
  SELECT id, CASE WHEN row_number() OVER () = 1 THEN pg_notify('${SOURCES_CHANNEL}', id::text) END FROM requested`;

/**
 * Sources that read the branch of the repository: those of discoveries by its name, others by its address.
 * `$1` type, `$2` full name, `$3` address, `$4` branch, `$5` whether it is the default branch.
 */
const PUSHED = requestReadsWhere(`
  CASE type
    WHEN $1 THEN lower(settings ->> 'fullName') = lower($2)
                 AND (settings ->> 'branch' = $4 OR (branch IS NULL AND $5))
    WHEN 'git' THEN ${ADDRESS} = $3 AND (branch = $4 OR (branch IS NULL AND $5))
    WHEN 'url' THEN starts_with(${ADDRESS}, $3 || '/') AND position('/' || lower($4) || '/' IN ${ADDRESS}) > 0
    ELSE false END`);

/**
 * Sources that lie in a repository of this server, whatever their branch: reading them costs no request. The server
 * may go by several names, so only the path counts; of another server's page one look too many is all that happens.
 * `$1`: the repository in lower case.
 */
const IN_KEPT_REPOSITORY = requestReadsWhere(`
  type = 'url'
    -- Few sources have such a path at all; only theirs are taken apart.
    AND CASE WHEN position('/repositories/' || $1 IN lower(target)) = 0 THEN false
             ELSE starts_with(substring(${ADDRESS} FROM position('/' IN ${ADDRESS})) || '/', '/repositories/' || $1 || '/')
        END`);

/** `$1` type, `$2` owners in lower case. A discovery of everything has no owner. */
const OF_OWNERS = requestReadsWhere(`
  type = $1 AND (lower(settings ->> 'organisation') = ANY ($2::text[]) OR settings ->> 'organisation' = '')`);

/** Makes all sources due that a change concerns; resolves to their ids. */
export async function requestReadsAfter(transaction: Transaction, change: SourceChange): Promise<string[]> {
  const { rows } =
    change.type === 'push'
      ? await transaction.query<{ id: string }>(PUSHED, [
          ...[change.host, change.fullName, change.address ?? null],
          ...[change.branch, change.branch === change.defaultBranch],
        ])
      : await transaction.query<{ id: string }>(OF_OWNERS, [
          `${change.host}-${change.type === 'people-changed' ? 'org' : 'discovery'}`,
          change.owners.map((owner) => owner.toLowerCase()),
        ]);
  return rows.map(({ id }) => id);
}

/** The same after somebody pushed to a repository that this server keeps. */
export function requestReadsOfKeptRepository(
  transaction: Transaction,
  { owner, name }: { owner: string; name: string },
): void {
  transaction.send(IN_KEPT_REPOSITORY, [`${owner}/${name}`.toLowerCase()]);
}
