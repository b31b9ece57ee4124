import { Combobox, InputBase, useCombobox, type InputWrapperProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { KindIcon } from '@waymark/ui';
import { useDeferredValue, useState, type KeyboardEvent, type ReactNode } from 'react';
import { entitiesQueries } from '../../../../lib/entities/entities.queries.ts';
import { entityTitle, parseRef, refLabel } from '../../../../lib/entities/entity-ref.ts';
import { useWhenAnswered } from '../../../../lib/search/use-when-answered.ts';
import { entityChoicesQueries, type EntityChoice } from './entity-choices.queries.ts';
import styles from './EntityCombobox.module.css';

export interface EntityComboboxProps extends Pick<InputWrapperProps, 'label' | 'error' | 'required'> {
  id: string;
  description?: ReactNode;
  placeholder?: string;
  disabled?: boolean;
  autoFocus?: boolean;
  /** Reference of the chosen entity, or what somebody wrote instead. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** Takes a text that the catalog has not answered yet, in case the page is left before it does. */
  onUnanswered?: (value: string) => void;
  /** What there is to choose from, in the catalog's notation; undefined for nothing. */
  filter: readonly string[] | undefined;
  /** What a text that is no choice counts as; without it, it counts as nothing. */
  readText: ((text: string) => string) | undefined;
  /** Instead of the choices, when there is nothing to choose from. */
  nothingText?: string;
}

/** A field that finds an entity while somebody types. The catalog is asked for a few, never for all. */
export function EntityCombobox(props: EntityComboboxProps) {
  const { value, onChange, onUnanswered, filter, readText, nothingText, ...input } = props;
  const combobox = useCombobox();
  const [text, setText] = useState<string>();
  const shownName = useShownName(value);
  const written = text?.trim();
  const term = useDeferredValue(written ?? '');
  const isAsked = combobox.dropdownOpened || text !== undefined;
  const choices = useChoices(filter, term, isAsked);
  const isAnswered = term === (written ?? '') && !choices.isPending && !choices.isPlaceholderData;
  const choose = (next: string | undefined) => {
    setText(undefined);
    combobox.closeDropdown();
    if (next !== value) onChange(next);
  };
  const takeAnswered = useWhenAnswered<string>({
    ...{ text: written ?? '', isAnswered, outlivesFocus: true },
    fulfil(name) {
      const same = choices.data?.find((choice) => isCalled(name, choice));
      choose(same?.ref ?? readText?.(name) ?? value);
    },
  });
  const takeText = () => {
    if (written === '') choose(undefined);
    else if (written !== undefined) {
      if (!isAnswered && readText) onUnanswered?.(readText(written));
      takeAnswered(written);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || text === undefined || combobox.getSelectedOptionIndex() >= 0) return;
    // Enter takes what is written; the next one goes on to the next page.
    event.preventDefault();
    takeText();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.Target withExpandedAttribute>
        <InputBase
          {...input}
          role="combobox"
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          value={text ?? shownName}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onFocus={({ currentTarget }) => currentTarget.select()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            takeText();
            combobox.closeDropdown();
          }}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onKeyDown={onKeyDown}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options
          aria-label={typeof input.label === 'string' ? `${input.label}: choices` : 'Choices'}
        >
          {(choices.data ?? []).map((choice) => (
            <Choice key={choice.ref} choice={choice} isChosen={choice.ref === value} />
          ))}
          {choices.data?.length === 0 && (
            <Combobox.Empty>{emptyText(term, nothingText, readText !== undefined)}</Combobox.Empty>
          )}
          {choices.error && <Combobox.Empty>The catalog does not answer now.</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Choice({ choice: { ref, title }, isChosen }: { choice: EntityChoice; isChosen: boolean }) {
  const label = refLabel(ref);
  return (
    <Combobox.Option value={ref} active={isChosen} className={styles.choice ?? ''}>
      <KindIcon kind={parseRef(ref).kind} size={15} />
      <span className={styles.name}>{title}</span>
      {title !== label && <span className={styles.note}>{label}</span>}
    </Combobox.Option>
  );
}

function useChoices(filter: readonly string[] | undefined, term: string, isAsked: boolean) {
  const query = useQuery({
    ...entityChoicesQueries.choices(filter ?? [], term),
    enabled: isAsked && filter !== undefined,
  });
  const nothing = { data: [], error: null, isPending: false, isPlaceholderData: false };
  return filter === undefined ? nothing : query;
}

/** What the chosen entity is called: its title once the catalog has told it, before that its name. */
function useShownName(value: string | undefined): string {
  const isRef = value !== undefined && /^[^\s:]+:[^\s]+$/.test(value);
  const { data } = useQuery(entitiesQueries.summaries(isRef ? [value] : []));
  if (value === undefined) return '';
  if (!isRef) return value;
  const entity = data?.get(value);
  return entity ? entityTitle(entity) : refLabel(value);
}

/** Whether a text is the name, the reference or the title of a choice; capitals make no difference, as in the catalog. */
function isCalled(text: string, { ref, title }: EntityChoice): boolean {
  const { namespace, name } = parseRef(ref);
  return [ref, name, `${namespace}/${name}`, title.toLowerCase()].includes(text.toLowerCase());
}

function emptyText(term: string, nothingText: string | undefined, isTextTaken: boolean): string {
  if (term === '') return nothingText ?? 'There is nothing to choose from.';
  return isTextTaken
    ? `Nothing is called “${term}”. It is taken as you write it.`
    : `Nothing is called “${term}”.`;
}
