import { ActionIcon, Tooltip } from '@mantine/core';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import styles from './StarButton.module.css';
import { setStarred, useIsStarred, type RememberedEntity } from './remembered-entities.ts';

/** Stars an entity or takes the star away. */
export function StarButton({ entity }: { entity: RememberedEntity }) {
  const isStarred = useIsStarred(entity.ref);
  const label = isStarred ? 'Remove the star' : 'Star';
  return (
    <Tooltip label={label} openDelay={300}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        className={styles.star}
        aria-label={`Star ${entity.title}`}
        aria-pressed={isStarred}
        onClick={() => setStarred([entity], !isStarred)}
      >
        {isStarred ? <IconStarFilled size={16} /> : <IconStar size={16} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
}
