import { Button } from '@mantine/core';
import { IconCircleCheck, IconCopy, IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import {
  countText,
  ExternalLink,
  MessagePanel,
  numberText,
  Panel,
  SkeletonRows,
  StatusLabel,
} from '@waymark/ui';
import { useState } from 'react';
import { useShownInstant } from '../as-of/AsOfScope.tsx';
import { useDelayed } from '../browser/use-delayed.ts';
import { refLabel } from '../entities/entity-ref.ts';
import { EntityLink } from '../entities/EntityLink.tsx';
import { kindWord } from '../entities/kind-words.ts';
import { copyAndTell } from '../ui/copy-and-tell.ts';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { graphQueries, type Impact } from './graph.queries.ts';
import { impactPath, warnList } from './impact-words.ts';
import styles from './ImpactView.module.css';

export interface ImpactViewProps {
  rootRef: string;
  title: string;
}

/** Who is affected when an entity is down: teams to tell, and everything that the outage reaches. */
export function ImpactView(props: ImpactViewProps) {
  return useShownInstant() === undefined ? <ImpactNow {...props} /> : <NoImpactOfThen />;
}

function NoImpactOfThen() {
  return (
    <MessagePanel icon={<IconHistory size={20} stroke={1.6} />} title="Impact is known of now only">
      Whom an outage reaches is worked out from the catalog as it is now. Go back to now to see it; the graph
      shows what was connected then.
    </MessagePanel>
  );
}

function ImpactNow({ rootRef, title }: ImpactViewProps) {
  const { data, error, isPending, isFetching, refetch } = useQuery(graphQueries.impact(rootRef));
  const [ownerShown, setOwnerShown] = useState<string>();
  const isSlow = useDelayed(isPending);
  if (error && !data) {
    return <ErrorPanel error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  }
  if (!data) {
    return isSlow ? (
      <SkeletonRows rows={8} columns={['28%', '18%', '30%']} label="Following the relations" />
    ) : null;
  }
  if (data.affected.length === 0) {
    return (
      <MessagePanel icon={<IconCircleCheck size={20} stroke={1.6} />} title="Nothing else depends on it">
        As far as the catalog knows, an outage of {title} reaches nothing else. What is not written in a
        descriptor is not known: add <code>dependsOn</code> or <code>consumesApis</code> there.
      </MessagePanel>
    );
  }
  const shown = data.affected.filter(
    ({ ownerRef }) => ownerShown === undefined || (ownerRef ?? noOwner) === ownerShown,
  );
  return (
    <div className={styles.impact}>
      <p className={styles.lead}>
        If <strong>{title}</strong> is down, {countText(data.totalAffected, 'other thing')} of{' '}
        {countText(data.owners.filter(({ ref }) => ref !== undefined).length, 'owner')} can be affected.
        {data.affected.length < data.totalAffected &&
          ` The nearest ${numberText(data.affected.length)} are listed.`}
      </p>
      <OwnersToTell impact={data} title={title} ownerShown={ownerShown} onShow={setOwnerShown} />
      <Affected impact={data} shown={shown} rootRef={rootRef} />
    </div>
  );
}

const noOwner = 'nobody';

interface OwnersToTellProps {
  impact: Impact;
  title: string;
  ownerShown: string | undefined;
  onShow: (owner: string | undefined) => void;
}

function OwnersToTell({ impact, title, ownerShown, onShow }: OwnersToTellProps) {
  return (
    <Panel
      title="Who to tell"
      count={numberText(impact.owners.length)}
      isFlush
      aside={
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconCopy size={13} />}
          onClick={() => copyAndTell(warnList(impact, title))}
        >
          Copy list
        </Button>
      }
    >
      <ul className={styles.owners}>
        {impact.owners.map(({ ref, title: name, email, affectedCount, nearestDepth }) => {
          const key = ref ?? noOwner;
          return (
            <li key={key} className={styles.owner}>
              <span className={styles.ownerName}>
                {ref === undefined ? (
                  <StatusLabel tone="warning">Nobody owns these</StatusLabel>
                ) : (
                  <EntityLink entityRef={ref} hasIcon>
                    {name ?? refLabel(ref)}
                  </EntityLink>
                )}
              </span>
              <span className={styles.mail}>
                {email !== undefined && <ExternalLink url={`mailto:${email}`}>{email}</ExternalLink>}
              </span>
              <span className={styles.nearest}>nearest {countText(nearestDepth, 'step')} away</span>
              <Button
                size="compact-xs"
                variant={ownerShown === key ? 'light' : 'subtle'}
                aria-pressed={ownerShown === key}
                onClick={() => onShow(ownerShown === key ? undefined : key)}
              >
                {numberText(affectedCount)} affected
              </Button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function Affected({
  impact,
  shown,
  rootRef,
}: {
  impact: Impact;
  shown: Impact['affected'];
  rootRef: string;
}) {
  const byRef = new Map(impact.affected.map((each) => [each.ref, each]));
  return (
    <Panel title="What is affected, nearest first" count={numberText(shown.length)} isFlush>
      <ol className={styles.affected}>
        {shown.map((each) => (
          <li key={each.ref} className={styles.row}>
            <span className={styles.steps} title={`${countText(each.depth, 'step')} away`}>
              {each.depth}
              <span className={styles.unseen}> {each.depth === 1 ? 'step' : 'steps'} away:</span>
            </span>
            <span className={styles.rowName}>
              <EntityLink entityRef={each.ref} hasIcon>
                {each.title ?? refLabel(each.ref)}
              </EntityLink>
              <span className={styles.kind}>{kindWord(each.kind)}</span>
            </span>
            <span className={styles.path}>
              {impactPath(each, byRef, rootRef)
                .map(({ words, ref }) => `${words} ${refLabel(ref)}`)
                .join(', which ')}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
