import { IconUsersGroup } from '@tabler/icons-react';
import type { Entity } from '@waymark/contracts';
import { MessagePanel, numberText, Panel } from '@waymark/ui';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { AboutPanel } from './AboutPanel.tsx';
import { OwnedPanel } from './OwnedPanel.tsx';
import { RelatedList } from './RelatedList.tsx';
import { targetsOf } from '../../lib/entities/relation-words.ts';
import styles from './TeamOverview.module.css';

/** A person: their teams, and what they own themselves and through these teams. */
export function PersonOverview({ entityRef, entity }: { entityRef: string; entity: Entity }) {
  const [isInherited, setIsInherited] = useQueryState(
    'inherited',
    parseAsBoolean.withDefault(true).withOptions({ history: 'push', shallow: false }),
  );
  const teams = targetsOf(entity, 'memberOf');
  return (
    <>
      <AboutPanel entity={entity} />
      <Panel title="Teams" count={numberText(teams.length)} isFlush>
        {teams.length === 0 ? (
          <MessagePanel
            icon={<IconUsersGroup size={20} stroke={1.6} />}
            title="In no team yet"
            size="inline"
            headingLevel={3}
          >
            A user names their teams in <code>spec.memberOf</code>.
          </MessagePanel>
        ) : (
          <RelatedList refs={teams} />
        )}
      </Panel>
      <OwnedPanel
        ownerRef={entityRef}
        otherOwnerRefs={isInherited ? teams : []}
        aside={
          teams.length > 0 && (
            <label className={styles.switch}>
              <input
                type="checkbox"
                role="switch"
                checked={isInherited}
                onChange={(event) => void setIsInherited(event.currentTarget.checked)}
              />
              Through their teams
            </label>
          )
        }
      />
    </>
  );
}
