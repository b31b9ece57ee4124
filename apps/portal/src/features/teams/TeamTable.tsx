import { Avatar, ExternalLink, Highlight, numberText } from '@waymark/ui';
import { Link } from 'react-router';
import { entityTitle, specText } from '../../lib/entities/entity-ref.ts';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { groupsBelow } from '../../lib/groups/group-tree.ts';
import type { GroupDirectory } from '../../lib/groups/groups.queries.ts';
import { profileOf } from '../../lib/people/profile.ts';
import { paths } from '../../lib/paths.ts';
import { RowTable } from '../../lib/ui/RowTable.tsx';
import type { TeamRow } from './shown-teams.ts';
import styles from './TeamTable.module.css';

/** Deeper levels are not indented any further: a phone has no room for them. */
const maxIndent = 6;
/** More owners than an address can hold; the page of the team has them all. */
const maxOwnersInAddress = 60;

export interface TeamTableProps {
  rows: readonly TeamRow[];
  directory: GroupDirectory;
  /** Letters to mark. */
  term: string;
}

/** Teams as rows: a table on a wide window, blocks on a phone. */
export function TeamTable({ rows, directory, term }: TeamTableProps) {
  return (
    <RowTable label="Teams" narrowColumns={3}>
      <thead>
        <tr>
          <th scope="col">Team</th>
          <th scope="col">Type</th>
          <th scope="col" data-number>
            Members
          </th>
          <th scope="col" data-number>
            Owns
          </th>
          <th scope="col" data-number>
            With sub-teams
          </th>
          <th scope="col">Contact</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TeamLine key={row.node.ref} row={row} directory={directory} term={term} />
        ))}
      </tbody>
    </RowTable>
  );
}

function TeamLine({ row, directory, term }: { row: TeamRow; directory: GroupDirectory; term: string }) {
  const { node, depth, members, owned, ownedBelow } = row;
  const { email, picture } = profileOf(node.entity);
  const title = entityTitle(node.entity);
  const below = node.childRefs.length > 0 ? groupsBelow(directory.tree, node.ref) : [];
  return (
    <tr>
      <th scope="row">
        <div className={styles.team} data-depth={Math.min(depth, maxIndent)}>
          <Avatar name={title} picture={picture} />
          <span className={styles.names}>
            <EntityLink entityRef={node.ref}>
              <Highlight text={title} term={term} />
            </EntityLink>
            <span className={styles.description} title={node.entity.metadata?.description}>
              <Highlight text={node.entity.metadata?.description ?? ''} term={term} />
            </span>
          </span>
        </div>
      </th>
      <td data-label="Type" className={styles.dim}>
        {specText(node.entity, 'type') ?? '–'}
      </td>
      <td data-label="Members" data-number>
        {members === 0 ? <span className={styles.none}>0</span> : numberText(members)}
      </td>
      <td data-label="Owns" data-number>
        <OwnedCount count={owned} owners={[node.ref]} label={`Owned by ${title}`} />
      </td>
      <td data-label="With sub-teams" data-number>
        {below.length > 0 && below.length <= maxOwnersInAddress ? (
          <OwnedCount count={ownedBelow} owners={below} label={`Owned by ${title} and its sub-teams`} />
        ) : (
          <span className={styles.none}>{below.length === 0 ? '–' : numberText(ownedBelow)}</span>
        )}
      </td>
      <td data-label="Contact" className={styles.contact}>
        {email ? (
          <ExternalLink url={`mailto:${email}`}>{email}</ExternalLink>
        ) : (
          <span className={styles.none}>–</span>
        )}
      </td>
    </tr>
  );
}

function OwnedCount({ count, owners, label }: { count: number; owners: string[]; label: string }) {
  if (count === 0) return <span className={styles.none}>0</span>;
  return (
    <Link to={paths.catalog({ owner: owners })} className={styles.count} aria-label={`${label}: ${count}`}>
      {numberText(count)}
    </Link>
  );
}
