import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { KindIcon } from '@waymark/ui';
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react';
import { refLabel } from '../entities/entity-ref.ts';
import { kindWord } from '../entities/kind-words.ts';
import styles from './EntityPicker.module.css';
import { Marked } from './Marked.tsx';
import { searchQueries } from './search.queries.ts';
import { useWhenAnswered } from './use-when-answered.ts';

export interface EntityPickerProps {
  /** What the chosen entity is for: "Start of the graph". */
  label: string;
  placeholder: string;
  /** Shown while nobody types. */
  value: string | undefined;
  onChoose: (ref: string) => void;
  /** Given, Enter on a text that is no choice hands over the text itself. */
  onText?: (text: string) => void;
}

const maxChoices = 8;

/** A field that finds one entity while somebody types: a combobox over search results. */
export function EntityPicker({ label, placeholder, value, onChoose, onText }: EntityPickerProps) {
  const [text, setText] = useState<string>();
  /** The choice that was pointed at; without one, it is the first. */
  const [pointedRef, setPointedRef] = useState<string>();
  const term = (text ?? '').trim();
  const asked = useDeferredValue(term);
  const search = useQuery(searchQueries.best({ term: asked }, maxChoices));
  const results = term === '' ? [] : (search.data?.results ?? []);
  const listId = useId();
  const pointedIndex = results.findIndex(({ document }) => document.entityRef === pointedRef);
  const active = results[Math.max(0, pointedIndex)];
  const choose = (ref: string) => {
    setText(undefined);
    onChoose(ref);
  };
  const takeText = () => {
    setText(undefined);
    onText?.(term);
  };
  const isAnswered = asked === term && !search.isPending && !search.isPlaceholderData;
  const isOpen = term !== '' && (results.length > 0 || isAnswered);
  const chooseFirst = useWhenAnswered<void>({
    ...{ text: term, isAnswered },
    fulfil() {
      if (active) choose(active.document.entityRef);
      else if (onText) takeText();
    },
  });
  const onEnter = () => {
    // A whole reference is meant as it stands, whatever the search finds first.
    if (onText && /^[^\s:]+:[^\s]+$/.test(term)) takeText();
    else if (active && pointedIndex >= 0) choose(active.document.entityRef);
    else chooseFirst();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && results.length > 0) {
      const next = (Math.max(0, pointedIndex) + step + results.length) % results.length;
      setPointedRef(results[next]?.document.entityRef);
    } else if (event.key === 'Enter' && term !== '') onEnter();
    else if (event.key === 'Escape' && text !== undefined) setText(undefined);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.picker}>
      <IconSearch size={15} stroke={1.8} aria-hidden className={styles.icon} />
      <input
        type="text"
        role="combobox"
        className={styles.input}
        value={text ?? value ?? ''}
        placeholder={placeholder}
        data-page-filter
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active ? `${listId}-${results.indexOf(active)}` : undefined}
        autoComplete="off"
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setText(undefined)}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setPointedRef(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        role="listbox"
        aria-label={`${label}: choices`}
        className={styles.list}
        hidden={!isOpen || results.length === 0}
      >
        {results.map((result, index) => (
          <div
            key={result.document.entityRef}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={result === active}
            className={styles.choice}
            // The field would lose the focus, and with it the list, before the click.
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setPointedRef(result.document.entityRef)}
            onClick={() => choose(result.document.entityRef)}
          >
            <KindIcon kind={result.document.kind} />
            <span className={styles.name}>
              <Marked result={result} field="title" term={term} />
            </span>
            <span className={styles.note}>
              {kindWord(result.document.kind)} · {refLabel(result.document.entityRef)}
            </span>
          </div>
        ))}
      </div>
      {isOpen && results.length === 0 && (
        <p className={styles.nothing} role="status">
          {search.error ? 'The search does not answer now.' : `Nothing is called “${term}”.`}
        </p>
      )}
    </div>
  );
}
