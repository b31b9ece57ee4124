import type { Source } from '@waymark/contracts';
import { durationText, Fact, FactList, numberText, Panel, ProgressBar, RelativeTime } from '@waymark/ui';
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
          <Fact label="Next read">{isBusy(source) ? 'Now' : <NextRead source={source} />}</Fact>
          {source.durationMs !== undefined && <Fact label="Took">{durationText(source.durationMs)}</Fact>}
          <Fact label="Files">{numberText(counts.files)}</Fact>
          <Fact label="Entities">{numberText(counts.entities)}</Fact>
          <Fact label="Changes">{changeWords(source)}</Fact>
          {source.branch && <Fact label="Branch">{source.branch}</Fact>}
          {source.path && <Fact label="Path">{source.path}</Fact>}
          {source.revision && (
            <Fact label={source.type === 'git' ? 'Commit' : 'Content'}>
              <code className={styles.revision} title={source.revision}>
                {source.revision.slice(0, 12)}
              </code>
            </Fact>
          )}
          <Fact label="Declared by">{source.origin === 'demo' ? 'The demo' : 'The configuration'}</Fact>
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
