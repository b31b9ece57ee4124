import type { SearchResult } from '@waymark/contracts';
import { KindIcon, StatusLabel } from '@waymark/ui';
import type { KeyboardEvent, RefObject } from 'react';
import { Link } from 'react-router';
import { refLabel } from '../../lib/entities/entity-ref.ts';
import { kindWord } from '../../lib/entities/kind-words.ts';
import { paths } from '../../lib/paths.ts';
import { Marked } from '../../lib/search/Marked.tsx';
import styles from './SearchResults.module.css';

export interface SearchResultsProps {
  listRef: RefObject<HTMLOListElement | null>;
  results: SearchResult[];
  term: string;
  /** They belong to what was typed before. */
  isOutdated: boolean;
}

/** Results, the best first. Arrows or `j` and `k` move between them, Enter opens. */
export function SearchResults(props: SearchResultsProps) {
  const { listRef, results, term, isOutdated } = props;
  // Where nothing is exact, the line above says so once for all.
  const hasExact = results.some(({ isFuzzy }) => !isFuzzy);
  return (
    <ol
      ref={listRef}
      className={styles.results}
      data-outdated={isOutdated || undefined}
      onKeyDown={moveFocus}
    >
      {results.map((result) => (
        <Result
          key={result.document.entityRef}
          result={result}
          term={term}
          isMarkedFuzzy={hasExact && result.isFuzzy}
        />
      ))}
    </ol>
  );
}

interface ResultProps {
  result: SearchResult;
  term: string;
  /** Says that it is only like the term. */
  isMarkedFuzzy: boolean;
}

function Result({ result, term, isMarkedFuzzy }: ResultProps) {
  const { entityRef, kind, componentType, lifecycle, owner, text } = result.document;
  const facts = [kindWord(kind), componentType, lifecycle].filter((fact) => fact !== '' && fact !== 'other');
  return (
    <li className={styles.result}>
      <span className={styles.icon}>
        <KindIcon kind={kind} />
      </span>
      <div className={styles.body}>
        <div className={styles.line}>
          <Link to={paths.entity(entityRef)} className={styles.title} data-entity-ref={entityRef}>
            <Marked result={result} field="title" term={term} />
          </Link>
          {isMarkedFuzzy && <StatusLabel tone="info">Similar</StatusLabel>}
        </div>
        {text !== '' && (
          <p className={styles.text}>
            <Marked result={result} field="text" term={term} />
          </p>
        )}
        <p className={styles.facts}>
          {facts.join(' · ')}
          {owner !== '' && ` · owned by ${refLabel(owner)}`}
        </p>
      </div>
    </li>
  );
}

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

function moveFocus(event: KeyboardEvent<HTMLOListElement>) {
  const step = steps[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const next = links.findIndex((link) => link === document.activeElement) + step;
  event.preventDefault();
  if (next < 0) document.querySelector<HTMLInputElement>('[data-page-filter]')?.focus();
  else links[next]?.focus();
}
