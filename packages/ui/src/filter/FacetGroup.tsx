import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { numberText } from '../text/relative-time.ts';
import styles from './filter.module.css';

export interface FacetOption {
  value: string;
  /** What the reader sees instead of the value. */
  label: string;
  /** Undefined while it is not known. */
  count: number | undefined;
}

export interface FacetGroupProps {
  label: string;
  /** All values, the most frequent first. */
  options: FacetOption[];
  selected: readonly string[];
  onToggle: (value: string) => void;
  isOpenAtFirst?: boolean;
}

const shownAtFirst = 7;
const searchableFrom = 12;
/** More rows than this help nobody: the search narrows them. */
const maxShown = 200;

/** Values of one property with their counts, to tick. Chosen ones stay on top, even with a count of zero. */
export function FacetGroup({ label, options, selected, onToggle, isOpenAtFirst = true }: FacetGroupProps) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst || selected.length > 0);
  const [isComplete, setIsComplete] = useState(false);
  const [search, setSearch] = useState('');
  const contentId = useId();
  const matching = matchingOptions(options, selected, search);
  const visible = matching.slice(
    0,
    isComplete || search !== '' ? maxShown : Math.max(shownAtFirst, selected.length),
  );
  const hiddenCount = matching.length - visible.length;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={contentId}
          onClick={() => setIsOpen(!isOpen)}
        >
          <IconChevronRight size={13} stroke={2} aria-hidden className={styles.chevron} />
          {label}
          {selected.length > 0 && <span className={styles.selectedCount}>{selected.length} chosen</span>}
        </button>
      </legend>
      <div id={contentId} hidden={!isOpen}>
        {options.length >= searchableFrom && (
          <input
            type="search"
            className={styles.search}
            value={search}
            placeholder={`Find in ${options.length}`}
            aria-label={`Find a value of ${label}`}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        {visible.map((option) => (
          <FacetRow
            key={option.value}
            option={option}
            isChecked={selected.includes(option.value)}
            onToggle={() => onToggle(option.value)}
          />
        ))}
        {matching.length === 0 && (
          <p className={styles.none}>{search === '' ? 'No values here' : 'No value matches'}</p>
        )}
        {hiddenCount > 0 && !isComplete && search === '' && (
          <button type="button" className={styles.more} onClick={() => setIsComplete(true)}>
            Show {hiddenCount} more
          </button>
        )}
        {hiddenCount > 0 && (isComplete || search !== '') && (
          <p className={styles.none}>{hiddenCount} more: type to narrow them</p>
        )}
      </div>
    </fieldset>
  );
}

function matchingOptions(options: FacetOption[], selected: readonly string[], search: string): FacetOption[] {
  const missing = selected
    .filter((value) => !options.some((option) => option.value === value))
    .map((value) => ({ value, label: value, count: undefined }));
  const chosenFirst = [
    ...missing,
    ...options.filter((option) => selected.includes(option.value)),
    ...options.filter((option) => !selected.includes(option.value)),
  ];
  const term = search.trim().toLowerCase();
  if (term === '') return chosenFirst;
  return chosenFirst.filter(
    (option) => option.label.toLowerCase().includes(term) || option.value.includes(term),
  );
}

interface FacetRowProps {
  option: FacetOption;
  isChecked: boolean;
  onToggle: () => void;
}

function FacetRow({ option, isChecked, onToggle }: FacetRowProps) {
  return (
    <label className={styles.row} title={option.value}>
      <input type="checkbox" className={styles.box} checked={isChecked} onChange={onToggle} />
      <span className={styles.name}>{option.label}</span>
      <span className={styles.count}>{option.count === undefined ? '' : numberText(option.count)}</span>
    </label>
  );
}
