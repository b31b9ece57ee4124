import { Button } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { MessagePanel, Panel } from '@waymark/ui';
import { EntityRow } from '../../lib/entities/EntityRow.tsx';
import { useRecentEntities } from '../../lib/entities/remembered-entities.ts';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import styles from './SearchPage.module.css';

const maxRecentShown = 8;

/** While nothing is searched: what was looked at last, and what the box takes. */
export function BeforeSearch() {
  const recent = useRecentEntities().slice(0, maxRecentShown);
  return (
    <>
      <p className={styles.count}>
        Type a name or a part of one, words of a description, a tag or an owner. Typing errors are forgiven.
      </p>
      {recent.length > 0 && (
        <Panel title="Recently viewed" isFlush>
          <ul className={styles.recent}>
            {recent.map(({ ref, title }) => (
              <EntityRow key={ref} entityRef={ref} entity={{ metadata: { name: title, title } }} hasKind />
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

export interface NothingFoundProps {
  term: string;
  hasKinds: boolean;
  onAllKinds: () => void;
}

/** Nothing was found: what to try, and the way to the reasons. */
export function NothingFound({ term, hasKinds, onAllKinds }: NothingFoundProps) {
  return (
    <MessagePanel
      icon={<IconListSearch size={20} stroke={1.6} />}
      title={`Nothing is like “${term}”`}
      size="inline"
      actions={
        <>
          {hasKinds && (
            <Button size="xs" onClick={onAllKinds}>
              Search all kinds
            </Button>
          )}
          <LinkButton to={paths.why(term)}>Why is it not here?</LinkButton>
        </>
      }
    >
      Try a shorter part of the name, or a word of the description. If it should be here, its source may not
      have been read.
    </MessagePanel>
  );
}
