import { Button } from '@mantine/core';
import type { PreviewedEntity, SourceAnalysis } from '@waymark/contracts';
import { ExternalLink, KindIcon, liveUrl, numberText, Panel, StatusLabel } from '@waymark/ui';
import { useState } from 'react';
import { Link } from 'react-router';
import { refLabel } from '../../lib/entities/entity-ref.ts';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { kindWord } from '../../lib/entities/kind-words.ts';
import { paths } from '../../lib/paths.ts';
import { shortTarget } from '../../lib/sources/source-words.ts';
import { countOutcomes, outcomes, outcomeWords } from './analysis-words.ts';
import styles from './PreviewedEntities.module.css';

const shownAtFirst = 100;

/** The entities of a place with what registering would do with each: what needs a look comes first. */
export function PreviewedEntities({ analysis: { entities, files } }: { analysis: SourceAnalysis }) {
  const [isComplete, setIsComplete] = useState(false);
  const counts = countOutcomes(entities);
  const viewUrls = new Map(files.map(({ path, viewUrl }) => [path, liveUrl(viewUrl ?? '')]));
  const sorted = entities.toSorted((a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome));
  const visible = isComplete ? sorted : sorted.slice(0, shownAtFirst);
  return (
    <Panel
      title="Entities"
      count={numberText(entities.length)}
      isFlush
      aside={outcomes
        .filter((outcome) => counts[outcome] > 0)
        .map((outcome) => (
          <StatusLabel key={outcome} tone={outcomeWords[outcome].tone}>
            {outcomeWords[outcome].word} {numberText(counts[outcome])}
          </StatusLabel>
        ))}
    >
      <ul className={styles.list} aria-label="Entities of this place">
        {visible.map((entity) => (
          <EntityLine
            key={`${entity.ref} ${entity.path} ${entity.line}`}
            entity={entity}
            viewUrl={viewUrls.get(entity.path)}
          />
        ))}
      </ul>
      {visible.length < sorted.length && (
        <Button m="xs" size="xs" variant="default" onClick={() => setIsComplete(true)}>
          Show {numberText(sorted.length - visible.length)} more
        </Button>
      )}
    </Panel>
  );
}

function EntityLine({ entity, viewUrl }: { entity: PreviewedEntity; viewUrl: string | undefined }) {
  const { tone, word, meaning } = outcomeWords[entity.outcome];
  const place = `${entity.path}:${entity.line}`;
  const name = entity.title ?? refLabel(entity.ref);
  const isThere = entity.outcome === 'known' || entity.outcome === 'conflict';
  return (
    <li className={styles.entity}>
      <span className={styles.outcome} title={meaning}>
        <StatusLabel tone={tone}>{word}</StatusLabel>
      </span>
      <div className={styles.words}>
        <span className={styles.name}>
          {isThere ? (
            <EntityLink entityRef={entity.ref} hasIcon>
              {name}
            </EntityLink>
          ) : (
            <>
              <KindIcon kind={entity.kind} size={15} />
              {name}
            </>
          )}
        </span>
        <span className={styles.facts}>
          {[kindWord(entity.kind), entity.type, entity.owner && `owner ${entity.owner}`]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {entity.holder && (
          <span className={styles.holder}>
            Held by{' '}
            <Link
              to={paths.source(entity.holder.sourceId)}
              className={styles.link}
              title={entity.holder.sourceTarget}
            >
              {shortTarget(entity.holder.sourceTarget)}
            </Link>{' '}
            <code>{`${entity.holder.path}:${entity.holder.line}`}</code>. Rename one of the two.
          </span>
        )}
        {entity.outcome === 'not-allowed' && (
          <span className={styles.holder}>
            {meaning} Whoever runs the portal can allow it with <code>catalog.rules</code>.
          </span>
        )}
      </div>
      <code className={styles.place}>
        {viewUrl === undefined ? place : <ExternalLink url={viewUrl}>{place}</ExternalLink>}
      </code>
    </li>
  );
}
