import type { Source } from '@waymark/contracts';
import { durationText, Fact, FactList, numberText, Panel, ProgressBar, RelativeTime } from '@waymark/ui';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { originWords, sourceTypeWords } from '../../lib/sources/source-kind-words.ts';
import { isLate, progressWords, sourceName } from '../../lib/sources/source-words.ts';
import { isBusy } from '../../lib/sources/sources.queries.ts';
import { NextRead } from './NextRead.tsx';
import styles from './SourceFacts.module.css';

/** State of a source in numbers: freshness, the last read, what it changed. */
export function SourceFacts({ source }: { source: Source }) {
  const { counts } = source;
  return (
    <div className={styles.facts}>
      <Panel title="Last read">
        {isBusy(source) && <RunningRead source={source} />}
        <FactList>
          <Fact label="Last good read">
            {source.lastSuccessAt ? <RelativeTime at={source.lastSuccessAt} /> : 'Never'}
          </Fact>
          {source.lastReadAt !== source.lastSuccessAt && source.lastReadAt && (
            <Fact label="Last try">
              <RelativeTime at={source.lastReadAt} />
            </Fact>
          )}
          <Fact label="Freshness">{freshnessWords(source)}</Fact>
          <Fact label="Next read">
            {source.isPaused ? 'When it goes on' : isBusy(source) ? 'Now' : <NextRead source={source} />}
          </Fact>
          {source.durationMs !== undefined && <Fact label="Took">{durationText(source.durationMs)}</Fact>}
          <Fact label="Files">{numberText(counts.files)}</Fact>
          <Fact label="Entities">{numberText(counts.entities)}</Fact>
          <Fact label="Changes">{changeWords(source)}</Fact>
          {source.branch && <Fact label="Branch">{source.branch}</Fact>}
          {source.path && <Fact label="Path">{source.path}</Fact>}
          {source.revision && (
            <Fact label={['git', 'github', 'gitlab'].includes(source.type) ? 'Commit' : 'Content'}>
              <code className={styles.revision} title={source.revision}>
                {source.revision.slice(0, 12)}
              </code>
            </Fact>
          )}
          <Fact label="Type">{sourceTypeWords[source.type]}</Fact>
          <Fact label={source.origin === 'api' ? 'Registered by' : 'Declared by'}>
            {source.parentId === undefined ? (
              originWords(source)
            ) : (
              <Link to={paths.source(source.parentId)} className={styles.link}>
                {originWords(source)}
              </Link>
            )}
          </Fact>
          {source.rateLimit && <RateLimit {...source.rateLimit} />}
        </FactList>
      </Panel>
    </div>
  );
}

function RunningRead({ source }: { source: Source }) {
  const words = source.progress ? progressWords(source.progress) : 'Waiting for its turn';
  return (
    <div className={styles.running} role="status">
      <span>
        {words}
        {source.progress && (
          <span className={styles.since}>
            {' '}
            · started <RelativeTime at={source.progress.startedAt} />
          </span>
        )}
      </span>
      <ProgressBar
        label={`Reading ${sourceName(source)}`}
        done={source.progress?.done ?? 0}
        total={source.progress?.total}
      />
    </div>
  );
}

function RateLimit({ limit, remaining, resetAt }: NonNullable<Source['rateLimit']>) {
  return (
    <Fact label="Calls left at the host">
      {numberText(remaining)} of {numberText(limit)}, full again <RelativeTime at={resetAt} />
    </Fact>
  );
}

function freshnessWords(source: Source): string {
  const target = `(target ${durationText(source.freshnessTargetSeconds * 1000)})`;
  if (source.lastSuccessAt === undefined) return `Nothing read ${target}`;
  return isLate(source, new Date()) ? `Late ${target}` : `In time ${target}`;
}

function changeWords({ counts, lastReadAt }: Source): string {
  if (lastReadAt === undefined) return '–';
  if (counts.added + counts.changed + counts.removed === 0) return 'None';
  return `${numberText(counts.added)} added, ${numberText(counts.changed)} changed, ${numberText(counts.removed)} removed`;
}
