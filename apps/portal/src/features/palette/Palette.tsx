import { Modal, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Highlight, KeyHint } from '@waymark/ui';
import { useDeferredValue, useEffect, useId, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useNavigate } from 'react-router';
import { commandKey } from '../../lib/browser/command-key.ts';
import { useRecentEntities } from '../../lib/entities/remembered-entities.ts';
import { templatesQueries } from '../../lib/scaffolder/templates.queries.ts';
import { searchQueries } from '../../lib/search/search.queries.ts';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { useRefreshSource } from '../../lib/sources/use-refresh-source.ts';
import {
  actionItems,
  entityItem,
  isMatch,
  pageItems,
  recentItem,
  textItems,
  type PaletteItem,
} from './palette-items.tsx';
import styles from './Palette.module.css';
import { PaletteKinds } from './PaletteKinds.tsx';

const maxRecentShown = 6;
const maxFound = 12;

export interface PaletteProps {
  /** Gives what was typed while the palette was fetched. */
  takeTypedAhead: () => string;
  onClose: () => void;
  onOpenKeyHelp: () => void;
}

/** One field for everything: entities, pages, actions. A combobox over a list, as ARIA describes it. */
export function Palette({ takeTypedAhead, onClose, onOpenKeyHelp }: PaletteProps) {
  const [text, setText] = useState('');
  useEffect(() => {
    const early = takeTypedAhead();
    setText((typed) => early + typed);
  }, [takeTypedAhead]);
  const [kind, setKind] = useState<string>();
  const { items, kinds, isSearching, error } = usePaletteItems(text.trim(), kind, onOpenKeyHelp);
  const [activeId, setActiveId] = useState<string>();
  const activeIndex = Math.max(
    0,
    items.findIndex(({ id }) => id === activeId),
  );
  const active = items[activeIndex];
  const listId = useId();
  const navigate = useNavigate();
  const choose = (item: PaletteItem, isNewTab: boolean) => {
    if (item.to !== undefined && isNewTab) {
      window.open(item.to, '_blank', 'noopener');
      return;
    }
    onClose();
    if (item.to !== undefined) void navigate(item.to);
    item.run?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActiveId(items.at((activeIndex + step) % items.length)?.id);
    else if (event.key === 'Enter' && active) choose(active, event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  };
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={620}
      yOffset="12vh"
      transitionProps={{ duration: 80 }}
      classNames={{ content: styles.palette ?? '' }}
    >
      <Modal.Overlay blur={0} backgroundOpacity={0.4} />
      <Modal.Content aria-label="Search">
        <div className={styles.field}>
          <IconSearch size={17} stroke={1.7} aria-hidden />
          <input
            autoFocus
            data-autofocus
            className={styles.input}
            value={text}
            placeholder="Search entities, pages and actions"
            role="combobox"
            aria-label="Search entities, pages and actions"
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={active && `${listId} ${active.id}`.replaceAll(' ', '_')}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setActiveId(undefined);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <PaletteKinds kinds={kinds} chosen={kind} onChoose={setKind} />
        <PaletteList
          listId={listId}
          items={items}
          term={text}
          activeId={active?.id}
          onHover={setActiveId}
          onChoose={(item, event) => choose(item, event.ctrlKey || event.metaKey)}
        />
        {items.length === 0 && (
          <p className={styles.nothing} role="status">
            {isSearching ? 'Searching…' : 'Nothing found.'}
          </p>
        )}
        {error !== null && (
          <p className={styles.nothing} role="alert">
            Entities cannot be searched now: {error.message}
          </p>
        )}
        <footer className={styles.foot} aria-hidden>
          <span>
            <KeyHint keys="↑ ↓" /> move
          </span>
          <span>
            <KeyHint keys="Enter" /> open
          </span>
          <span>
            <KeyHint keys={`${commandKey}+Enter`} /> new tab
          </span>
        </footer>
      </Modal.Content>
    </Modal.Root>
  );
}

interface PaletteListProps {
  listId: string;
  items: PaletteItem[];
  term: string;
  activeId: string | undefined;
  onHover: (id: string) => void;
  onChoose: (item: PaletteItem, event: MouseEvent) => void;
}

function PaletteList({ listId, items, term, activeId, onHover, onChoose }: PaletteListProps) {
  const groups = [...new Set(items.map(({ group }) => group))];
  return (
    <div className={styles.list} id={listId} role="listbox" aria-label="Results">
      {groups.map((group) => (
        <div key={group} role="group" aria-label={group}>
          <div className={styles.group} aria-hidden>
            {group}
          </div>
          {items
            .filter((item) => item.group === group)
            .map((item) => (
              <div
                key={item.id}
                id={`${listId} ${item.id}`.replaceAll(' ', '_')}
                ref={item.id === activeId ? keepInView : undefined}
                role="option"
                aria-selected={item.id === activeId}
                className={styles.item}
                onPointerMove={() => onHover(item.id)}
                onClick={(event) => onChoose(item, event)}
              >
                <span className={styles.icon} aria-hidden>
                  {item.icon}
                </span>
                <span className={styles.label}>
                  {item.marked ?? <Highlight text={item.label} term={term} />}
                </span>
                {item.note && <span className={styles.note}>{item.note}</span>}
              </div>
            ))}
        </div>
      ))}
    </div>
  );
}

function keepInView(element: HTMLElement | null) {
  element?.scrollIntoView({ block: 'nearest' });
}

function usePaletteItems(text: string, kind: string | undefined, onOpenKeyHelp: () => void) {
  const asked = useDeferredValue(text);
  const search = useQuery(
    searchQueries.best({ term: asked, ...(kind !== undefined && { kinds: [kind] }) }, maxFound),
  );
  const { data: sources = [] } = useQuery(sourcesQueries.all());
  const { data: gallery } = useQuery(templatesQueries.all());
  const recent = useRecentEntities();
  const { setColorScheme } = useMantineColorScheme();
  const nextScheme = useComputedColorScheme('light') === 'dark' ? 'light' : 'dark';
  const refresh = useRefreshSource();
  const actions = actionItems({
    text,
    nextScheme,
    setScheme: setColorScheme,
    sources,
    templates: gallery?.templates ?? [],
    refreshSource: (source) => refresh.mutate(source),
    openKeyHelp: onOpenKeyHelp,
  });
  // Until the answer to this text is there, what is left of the last one: Enter must never open a stale line.
  const found = (search.data?.results ?? [])
    .map((result) => ({ ...entityItem(result, asked), isFuzzy: result.isFuzzy }))
    .filter((item) => (asked === text && !search.isPlaceholderData) || isMatch(item, text));
  const pages = pageItems.filter((item) => isMatch(item, text));
  const items =
    text === ''
      ? [...recent.slice(0, maxRecentShown).map(recentItem), ...pages, ...actions]
      : kind !== undefined
        ? [...found, ...textItems(text)]
        : // What is only like the text comes after what has it.
          [
            ...found.filter(({ isFuzzy }) => !isFuzzy),
            ...pages,
            ...actions,
            ...found.filter(({ isFuzzy }) => isFuzzy),
            ...textItems(text),
          ];
  return {
    items: inGroups(items),
    kinds: text === '' ? [] : (search.data?.kinds ?? []),
    isSearching: search.isFetching || asked !== text,
    error: text === '' ? null : search.error,
  };
}

/** Keeps the first place of each group and brings its other items there, so that arrows follow the eye. */
function inGroups(items: PaletteItem[]): PaletteItem[] {
  const groups = [...new Set(items.map(({ group }) => group))];
  return groups.flatMap((group) => items.filter((item) => item.group === group));
}
