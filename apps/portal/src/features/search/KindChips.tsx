import { KindIcon, numberText } from '@waymark/ui';
import { compareKinds, kindPlural } from '../../lib/entities/kind-words.ts';
import styles from './KindChips.module.css';

export interface KindChipsProps {
  /** Kinds that the results have, whatever is chosen. */
  kinds: { value: string; count: number }[];
  chosen: readonly string[];
  onToggle: (kind: string) => void;
}

/** Kinds of the results with their counts, to narrow by. A chosen kind stays, even without results. */
export function KindChips({ kinds, chosen, onToggle }: KindChipsProps) {
  const counts = new Map(kinds.map(({ value, count }) => [value.toLowerCase(), count]));
  const shown = [...new Set([...counts.keys(), ...chosen])].sort(compareKinds);
  if (shown.length === 0) return null;
  return (
    <div className={styles.chips} role="group" aria-label="Kinds">
      {shown.map((kind) => (
        <button
          key={kind}
          type="button"
          className={styles.chip}
          aria-pressed={chosen.includes(kind)}
          onClick={() => onToggle(kind)}
        >
          <KindIcon kind={kind} size={14} />
          {kindPlural(kind)}
          <span className={styles.count}>{numberText(counts.get(kind) ?? 0)}</span>
        </button>
      ))}
    </div>
  );
}
