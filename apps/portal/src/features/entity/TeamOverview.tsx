import { useQuery } from '@tanstack/react-query';
import type { Entity } from '@waymark/contracts';
import { numberText, Panel } from '@waymark/ui';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { groupsBelow, type GroupTree } from '../../lib/groups/group-tree.ts';
import { groupsQueries } from '../../lib/groups/groups.queries.ts';
import { AboutPanel } from './AboutPanel.tsx';
import { MembersPanel } from './MembersPanel.tsx';
import { OwnedPanel } from './OwnedPanel.tsx';
import { RelatedList } from './RelatedList.tsx';
import { targetsOf } from '../../lib/entities/relation-words.ts';
import styles from './TeamOverview.module.css';

/** A team: its people, its place among the teams, and everything that it and the teams below it own. */
export function TeamOverview({ entityRef, entity }: { entityRef: string; entity: Entity }) {
  const { data: directory } = useQuery(groupsQueries.directory());
  const [isInherited, setIsInherited] = useQueryState(
    'inherited',
    parseAsBoolean.withDefault(true).withOptions({ history: 'push', shallow: false }),
  );
  const subTeams = targetsOf(entity, 'parentOf');
  const parents = targetsOf(entity, 'childOf');
  const below = directory ? teamsBelow(directory.tree, entityRef) : [];
  const membersBelow = below.reduce((sum, ref) => sum + (directory?.membersOf.get(ref) ?? 0), 0);
  return (
    <>
      <AboutPanel entity={entity} />
      <MembersPanel memberRefs={targetsOf(entity, 'hasMember')} membersBelow={membersBelow} />
      <OwnedPanel
        ownerRef={entityRef}
        otherOwnerRefs={isInherited ? below : []}
        aside={
          below.length > 0 && (
            <label className={styles.switch}>
              <input
                type="checkbox"
                role="switch"
                checked={isInherited}
                onChange={(event) => void setIsInherited(event.currentTarget.checked)}
              />
              With sub-teams
            </label>
          )
        }
      />
      {subTeams.length > 0 && (
        <Panel title="Sub-teams" count={numberText(subTeams.length)} isFlush>
          <RelatedList refs={subTeams} />
        </Panel>
      )}
      {parents.length > 0 && (
        <Panel title="Part of" isFlush>
          <RelatedList refs={parents} />
        </Panel>
      )}
    </>
  );
}

function teamsBelow(tree: GroupTree, ref: string): string[] {
  return groupsBelow(tree, ref).filter((each) => each !== ref);
}
