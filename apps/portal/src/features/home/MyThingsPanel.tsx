import { IconPackage, IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { KindIcon, MessagePanel, numberText, Panel, SkeletonRows } from '@waymark/ui';
import { Link } from 'react-router';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { useStoredValue } from '../../lib/browser/stored-value.ts';
import { entityRefOf, entityTitle, refLabel } from '../../lib/entities/entity-ref.ts';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { EntityRow } from '../../lib/entities/EntityRow.tsx';
import { kindPlural } from '../../lib/entities/kind-words.ts';
import { maxOwnersAsked, ownedQueries } from '../../lib/entities/owned.queries.ts';
import { treeRows } from '../../lib/groups/group-tree.ts';
import { groupsQueries } from '../../lib/groups/groups.queries.ts';
import { paths } from '../../lib/paths.ts';
import { portalInfoQuery } from '../../lib/portal-info.queries.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { personQuery } from './home.queries.ts';
import { myTeams } from './my-teams.ts';
import styles from './MyThingsPanel.module.css';

const maxShown = 10;

/**
 * What the person owns, alone and with their teams. Somebody whom the catalog does not know, such as the guest,
 * chooses a team instead.
 */
export function MyThingsPanel() {
  const portal = useQuery(portalInfoQuery());
  const actorRef = portal.data?.actor.ref ?? '';
  const asked = useQuery(personQuery(actorRef));
  const person = asked.data;
  const isSlow = useDelayed(!person);
  // The person is asked for once it is known who that is.
  const failed = [portal, asked].find(({ isError }) => isError);
  const chosenTeams = useStoredValue(myTeams);
  const isKnown = person?.entity !== null;
  const teamRefs = isKnown ? (person?.teamRefs ?? []) : chosenTeams;
  const ownerRefs = (isKnown && person ? [actorRef, ...teamRefs] : teamRefs).slice(0, maxOwnersAsked);
  return (
    <Panel
      title={isKnown ? 'My things' : 'Things of my team'}
      isFlush
      aside={
        isKnown ? (
          teamRefs.map((ref) => <EntityLink key={ref} entityRef={ref} hasIcon isQuiet />)
        ) : (
          <TeamChoice chosen={chosenTeams[0] ?? ''} />
        )
      }
    >
      {!person && !failed && isSlow && <SkeletonRows rows={4} label="Loading what you own" />}
      {!person && failed && (
        <ErrorPanel
          error={failed.error}
          size="inline"
          headingLevel={3}
          onRetry={() => void failed.refetch()}
          isRetrying={failed.isFetching}
        />
      )}
      {person && ownerRefs.length === 0 && <ChooseTeam />}
      {ownerRefs.length > 0 && <OwnedThings ownerRefs={ownerRefs} />}
    </Panel>
  );
}

/** What the owners have by kind, and the first of the kind that people look for first. */
function OwnedThings({ ownerRefs }: { ownerRefs: string[] }) {
  const kinds = useQuery(ownedQueries.kinds(ownerRefs));
  const firstKind = kinds.data?.[0];
  const things = useInfiniteQuery({
    ...ownedQueries.ofKind(ownerRefs, firstKind?.value ?? ''),
    enabled: firstKind !== undefined,
  });
  const first = things.data?.pages[0]?.items.slice(0, maxShown);
  const failed = [kinds, things].find(({ error, data }) => error && !data);
  const isSlow = useDelayed(!first);
  if (kinds.data && !firstKind) return <NothingOwned />;
  if (failed) {
    return (
      <ErrorPanel
        error={failed.error}
        size="inline"
        headingLevel={3}
        onRetry={() => void failed.refetch()}
        isRetrying={failed.isFetching}
      />
    );
  }
  if (!kinds.data || !first) return isSlow ? <SkeletonRows rows={4} label="Loading what you own" /> : null;
  return (
    <>
      <nav className={styles.kinds} aria-label="Kinds of my things">
        {kinds.data.map(({ value, count }) => (
          <Link
            key={value}
            to={paths.catalog({ kind: value.toLowerCase(), owner: ownerRefs })}
            className={styles.kind}
          >
            <KindIcon kind={value} size={15} />
            {kindPlural(value)} <span className={styles.count}>{numberText(count)}</span>
          </Link>
        ))}
      </nav>
      <ul className={styles.list}>
        {first.map((entity) => (
          <EntityRow key={entityRefOf(entity)} entityRef={entityRefOf(entity)} entity={entity} />
        ))}
      </ul>
      {firstKind && firstKind.count > first.length && (
        <Link
          to={paths.catalog({ kind: firstKind.value.toLowerCase(), owner: ownerRefs })}
          className={styles.more}
        >
          All {numberText(firstKind.count)} {kindPlural(firstKind.value)}
        </Link>
      )}
    </>
  );
}

function TeamChoice({ chosen }: { chosen: string }) {
  const { data: directory } = useQuery(groupsQueries.directory());
  if (!directory || directory.tree.size === 0) return null;
  const rows = treeRows(directory.tree);
  return (
    <select
      className={styles.choice}
      aria-label="My team"
      value={chosen}
      onChange={(event) => {
        const { value } = event.currentTarget;
        myTeams.set(value === '' ? [] : [value]);
      }}
    >
      <option value="">Choose a team</option>
      {chosen !== '' && !directory.tree.has(chosen) && <option value={chosen}>{refLabel(chosen)}</option>}
      {rows.map(({ node, depth }) => (
        <option key={node.ref} value={node.ref}>
          {/* A list of the browser has no indentation but this one. */}
          {`${'\u00a0\u00a0'.repeat(depth)}${entityTitle(node.entity)}`}
        </option>
      ))}
    </select>
  );
}

function ChooseTeam() {
  return (
    <MessagePanel
      icon={<IconUsersGroup size={20} stroke={1.6} />}
      title="Which team is yours?"
      size="inline"
      headingLevel={3}
    >
      The catalog has no person behind your name, so choose a team above: what it owns will wait here.
    </MessagePanel>
  );
}

function NothingOwned() {
  return (
    <MessagePanel
      icon={<IconPackage size={20} stroke={1.6} />}
      title="Nothing is owned yet"
      size="inline"
      headingLevel={3}
    >
      What names you or your team in <code>spec.owner</code> shows here.
    </MessagePanel>
  );
}
