import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { PartialEntity } from '@waymark/contracts';
import { Avatar, countText, MessagePanel, numberText, Panel } from '@waymark/ui';
import { useState } from 'react';
import { entityTitle, refLabel } from '../../lib/entities/entity-ref.ts';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { MissingLabel } from '../../lib/entities/MissingLabel.tsx';
import { profileOf } from '../../lib/people/profile.ts';
import { entityQueries } from './entity.queries.ts';
import styles from './MembersPanel.module.css';

export interface MembersPanelProps {
  memberRefs: readonly string[];
  /** People of the teams below this one. */
  membersBelow: number;
}

const shownAtFirst = 12;

/** The people of a team with what each does. */
export function MembersPanel({ memberRefs, membersBelow }: MembersPanelProps) {
  const [isComplete, setIsComplete] = useState(false);
  const visible =
    isComplete || memberRefs.length <= shownAtFirst + 2 ? memberRefs : memberRefs.slice(0, shownAtFirst);
  const { data: people } = useQuery(entityQueries.people(visible));
  return (
    <Panel title="Members" count={numberText(memberRefs.length)}>
      {memberRefs.length === 0 ? (
        <MessagePanel
          icon={<IconUsers size={20} stroke={1.6} />}
          title="Nobody belongs to this team itself"
          size="inline"
          headingLevel={3}
        >
          {membersBelow > 0
            ? `${countText(membersBelow, 'person belongs', 'people belong')} to its sub-teams.`
            : 'A user names the team in spec.memberOf, or the team its people in spec.members.'}
        </MessagePanel>
      ) : (
        <ul className={styles.people} aria-label="Members">
          {visible.map((ref) => (
            <Member key={ref} memberRef={ref} person={people?.get(ref)} />
          ))}
        </ul>
      )}
      {visible.length < memberRefs.length && (
        <Button mt="sm" size="compact-xs" variant="subtle" onClick={() => setIsComplete(true)}>
          Show {numberText(memberRefs.length - visible.length)} more
        </Button>
      )}
      {memberRefs.length > 0 && membersBelow > 0 && (
        <p className={styles.below}>
          {countText(membersBelow, 'more person', 'more people')} in its sub-teams
        </p>
      )}
    </Panel>
  );
}

function Member({ memberRef, person }: { memberRef: string; person: PartialEntity | null | undefined }) {
  const name = person ? entityTitle(person) : refLabel(memberRef);
  const { picture, role } = profileOf(person ?? {});
  return (
    <li className={styles.person}>
      <Avatar name={name} picture={picture} size={32} />
      <span className={styles.words}>
        <EntityLink entityRef={memberRef}>{name}</EntityLink>
        {person === null ? (
          <MissingLabel />
        ) : (
          <span className={styles.role} title={role}>
            {role}
          </span>
        )}
      </span>
    </li>
  );
}
