import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { EntityWhy, Source } from '@waymark/contracts';
import { numberText, Panel, RelativeTime, StatusLabel, type StatusTone } from '@waymark/ui';
import { Link } from 'react-router';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { paths } from '../../lib/paths.ts';
import { SourceState } from '../../lib/sources/SourceState.tsx';
import { shortTarget } from '../../lib/sources/source-words.ts';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { useRefreshSource } from '../../lib/sources/use-refresh-source.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import styles from './WhyAnswer.module.css';

type Finding = EntityWhy['findings'][number];

const levels: Record<Finding['level'], { tone: StatusTone; word: string }> = {
  error: { tone: 'bad', word: 'Error' },
  warning: { tone: 'warning', word: 'Warning' },
  info: { tone: 'info', word: 'Note' },
};

/** The answer in a sentence, what speaks for and against, and the sources to read again. */
export function WhyAnswer({ why }: { why: EntityWhy }) {
  const Picture = why.isPresent ? IconCircleCheck : IconCircleX;
  return (
    <div className={styles.answer}>
      <section className={styles.summary} data-present={why.isPresent} aria-label="The answer">
        <Picture size={20} stroke={1.7} aria-hidden className={styles.picture} />
        <div className={styles.sentence}>
          <h2 className={styles.verdict}>
            {why.isPresent ? 'It is in the catalog' : 'It is not in the catalog'}
          </h2>
          <p>{why.summary}</p>
          <code className={styles.ref}>{why.ref}</code>
        </div>
        {why.isPresent && <LinkButton to={paths.entity(why.ref)}>Open it</LinkButton>}
      </section>
      {why.findings.length > 0 && (
        <Panel title="What was found" count={numberText(why.findings.length)} isFlush>
          <ul className={styles.findings}>
            {why.findings.map((finding, index) => (
              <FindingItem key={index} finding={finding} />
            ))}
          </ul>
        </Panel>
      )}
      <SourcesInvolved why={why} />
    </div>
  );
}

function FindingItem({ finding }: { finding: Finding }) {
  const { tone, word } = levels[finding.level];
  return (
    <li className={styles.finding} data-level={finding.level}>
      <StatusLabel tone={tone}>{word}</StatusLabel>
      <div className={styles.findingText}>
        <p className={styles.message}>{finding.message}</p>
        {finding.hint !== '' && <p className={styles.hint}>{finding.hint}</p>}
        <div className={styles.facts}>
          <FindingPlace finding={finding} />
          {finding.entityRef !== undefined && (
            <EntityLink entityRef={finding.entityRef} hasIcon>
              {finding.entityRef}
            </EntityLink>
          )}
          {finding.at !== undefined && <RelativeTime at={finding.at} />}
        </div>
      </div>
    </li>
  );
}

function FindingPlace({ finding: { sourceId, sourceTarget, path, line } }: { finding: Finding }) {
  const file = path === undefined ? undefined : line === undefined ? path : `${path}:${line}`;
  const source = sourceTarget === undefined ? undefined : shortTarget(sourceTarget);
  const text = [source, file].filter((part) => part !== undefined).join(' / ');
  if (text === '') return null;
  if (sourceId === undefined) return <code>{text}</code>;
  return (
    <Link to={paths.source(sourceId)} className={styles.place} title={sourceTarget}>
      {text}
    </Link>
  );
}

function SourcesInvolved({ why }: { why: EntityWhy }) {
  if (why.sources.length === 0) {
    return (
      <Panel title="Sources">
        <p className={styles.none}>
          No source holds it or ever held it. <Link to={paths.sources()}>See all sources</Link>
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Sources" count={numberText(why.sources.length)} isFlush>
      <ul className={styles.findings}>
        {why.sources.map((involved) => (
          <SourceRow key={involved.id} involved={involved} />
        ))}
      </ul>
    </Panel>
  );
}

function SourceRow({ involved }: { involved: EntityWhy['sources'][number] }) {
  const { id, target } = involved;
  const source = useSource(id);
  const { lastReadAt, nextReadAt } = source ?? involved;
  const refresh = useRefreshSource();
  return (
    <li className={styles.source}>
      <div className={styles.sourceName}>
        <Link to={paths.source(id)} className={styles.place} title={target}>
          {shortTarget(target)}
        </Link>
        {source && <SourceState source={source} />}
      </div>
      <span className={styles.reads}>
        {lastReadAt === undefined ? (
          'Never read'
        ) : (
          <>
            Read <RelativeTime at={lastReadAt} />
          </>
        )}
        {nextReadAt !== undefined && (
          <>
            , next <RelativeTime at={nextReadAt} />
          </>
        )}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        loading={refresh.isPending}
        onClick={() => refresh.mutate(source ?? involved)}
      >
        Read again now
      </Button>
    </li>
  );
}

/** A source as it stands now: from the list, or by itself where a discovery found it. */
function useSource(id: string): Source | undefined {
  const { data: all, isPending } = useQuery(sourcesQueries.all());
  const listed = all?.find((source) => source.id === id);
  const { data: alone } = useQuery({ ...sourcesQueries.one(id), enabled: !isPending && !listed });
  return listed ?? alone;
}
