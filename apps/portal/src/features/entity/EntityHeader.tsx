import { ActionIcon, Menu } from '@mantine/core';
import {
  IconBadge,
  IconBraces,
  IconCirclePlus,
  IconDots,
  IconExternalLink,
  IconHelpHexagon,
  IconHistory,
  IconLink,
  IconPencil,
  IconRefresh,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Entity } from '@waymark/contracts';
import { CopyButton, KindIcon, Tag, liveUrl } from '@waymark/ui';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useShownInstant } from '../../lib/as-of/AsOfScope.tsx';
import { entitiesQueries } from '../../lib/entities/entities.queries.ts';
import { entityTitle, specText } from '../../lib/entities/entity-ref.ts';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { kindWord } from '../../lib/entities/kind-words.ts';
import { MissingLabel } from '../../lib/entities/MissingLabel.tsx';
import { targetsOf } from '../../lib/entities/relation-words.ts';
import { StarButton } from '../../lib/entities/StarButton.tsx';
import { paths } from '../../lib/paths.ts';
import { useRefreshSourcesOf } from '../../lib/sources/use-refresh-sources-of.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { copyAndTell } from '../../lib/ui/copy-and-tell.ts';
import styles from './EntityHeader.module.css';
import { entityQueries } from './entity.queries.ts';

const BadgeDialog = lazy(async () => ({ default: (await import('./BadgeDialog.tsx')).BadgeDialog }));

export interface EntityHeaderProps {
  entityRef: string;
  entity: Entity;
}

/** What it is, whose it is, and what can be done with it. */
export function EntityHeader({ entityRef, entity }: EntityHeaderProps) {
  const title = entityTitle(entity);
  const owners = targetsOf(entity, 'ownedBy');
  const parents = targetsOf(entity, 'partOf');
  const type = specText(entity, 'type');
  const lifecycle = specText(entity, 'lifecycle');
  const tags = entity.metadata.tags ?? [];
  return (
    <header className={styles.header}>
      <div className={styles.picture}>
        <KindIcon kind={entity.kind} />
      </div>
      <div className={styles.text}>
        <div className={styles.titleLine}>
          <h1 className={styles.title}>{title}</h1>
          <StarButton entity={{ ref: entityRef, title }} />
          <EntityActions entityRef={entityRef} entity={entity} />
          {entity.kind === 'Template' && (
            <LinkButton to={paths.createFrom(entityRef)} variant="filled" icon={<IconCirclePlus size={14} />}>
              Use this template
            </LinkButton>
          )}
        </div>
        <div className={styles.reference}>
          <code>{entityRef}</code>
          <CopyButton text={entityRef} label="Copy reference" />
        </div>
        <dl className={styles.facts}>
          <HeaderFact label="Kind">
            {kindWord(entity.kind)}
            {type && <span className={styles.dim}> · {type}</span>}
          </HeaderFact>
          {lifecycle && <HeaderFact label="Lifecycle">{lifecycle}</HeaderFact>}
          {owners.length > 0 && (
            <HeaderFact label="Owner">
              <EntityLinks refs={owners} />
            </HeaderFact>
          )}
          {parents.length > 0 && (
            <HeaderFact label="Part of">
              <EntityLinks refs={parents} />
            </HeaderFact>
          )}
          {tags.length > 0 && (
            <HeaderFact label="Tags">
              <span className={styles.tags}>
                {tags.map((tag) => (
                  <Tag key={tag}>{tag}</Tag>
                ))}
              </span>
            </HeaderFact>
          )}
        </dl>
      </div>
    </header>
  );
}

function HeaderFact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function EntityLinks({ refs }: { refs: string[] }) {
  const { data: summaries } = useQuery(entitiesQueries.summaries(refs));
  return (
    <span className={styles.links}>
      {refs.map((ref) => {
        const known = summaries?.get(ref);
        return (
          <span key={ref} className={styles.related}>
            <EntityLink entityRef={ref} hasIcon>
              {known ? entityTitle(known) : undefined}
            </EntityLink>
            {known === null && <MissingLabel />}
          </span>
        );
      })}
    </span>
  );
}

function EntityActions({ entityRef, entity }: EntityHeaderProps) {
  const { data: origin } = useQuery(entityQueries.origin(entityRef));
  const refresh = useRefreshSourcesOf();
  const asOf = useShownInstant();
  const [hasBadges, setHasBadges] = useState(false);
  const viewUrl = liveUrl(origin?.viewUrl ?? '');
  const editUrl = liveUrl(origin?.editUrl ?? '');
  return (
    <>
      <Menu
        position="bottom-end"
        shadow="md"
        width={220}
        withinPortal={false}
        withInitialFocusPlaceholder={false}
        menuItemTabIndex={0}
      >
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label="Actions"
            loading={refresh.isPending}
          >
            <IconDots size={17} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {origin && (
            <Menu.Item leftSection={<IconRefresh size={15} />} onClick={() => refresh.mutate([entityRef])}>
              Read its source again
            </Menu.Item>
          )}
          {viewUrl && (
            <OutwardItem url={viewUrl} icon={<IconExternalLink size={15} />}>
              View at its source
            </OutwardItem>
          )}
          {editUrl && (
            <OutwardItem url={editUrl} icon={<IconPencil size={15} />}>
              Edit at its source
            </OutwardItem>
          )}
          <Menu.Item
            leftSection={<IconHistory size={15} />}
            component={Link}
            to={paths.entity(entityRef, { tab: 'history', asOf })}
          >
            History
          </Menu.Item>
          <Menu.Item leftSection={<IconHelpHexagon size={15} />} component={Link} to={paths.why(entityRef)}>
            Why is it here?
          </Menu.Item>
          <Menu.Item leftSection={<IconLink size={15} />} onClick={() => copyAndTell(window.location.href)}>
            Copy link
          </Menu.Item>
          <Menu.Item leftSection={<IconBadge size={15} />} onClick={() => setHasBadges(true)}>
            Copy a badge…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconBraces size={15} />}
            onClick={() => copyAndTell(JSON.stringify(entity, null, 2))}
          >
            Copy as JSON
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {hasBadges && (
          <BadgeDialog
            entityRef={entityRef}
            title={entityTitle(entity)}
            onClose={() => setHasBadges(false)}
          />
        )}
      </Suspense>
    </>
  );
}

/** An item that leads out of the portal; its address comes from a descriptor and is known to be harmless. */
function OutwardItem({ url, icon, children }: { url: string; icon: ReactNode; children: ReactNode }) {
  return (
    <Menu.Item leftSection={icon} component="a" href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </Menu.Item>
  );
}
