import { KindIcon, numberText } from '@waymark/ui';
import { compareKinds, kindPlural } from '../../lib/entities/kind-words.ts';
import styles from './Palette.module.css';

export interface PaletteKindsProps {
  /** Kinds of the results with their counts, whatever is chosen. */
  kinds: { value: string; count: number }[];
  chosen: string | undefined;
  onChoose: (kind: string | undefined) => void;
}

/** Narrows the results to one kind. Nothing while there is nothing to choose between. */
export function PaletteKinds({ kinds, chosen, onChoose }: PaletteKindsProps) {
  if (kinds.length < 2 && chosen === undefined) return null;
  const counts = new Map(kinds.map(({ value, count }) => [value.toLowerCase(), count]));
  const shown = [...new Set([...counts.keys(), ...(chosen === undefined ? [] : [chosen])])].sort(
    compareKinds,
  );
  return (
    <div className={styles.kinds} role="group" aria-label="Kinds">
      {shown.map((kind) => (
        <button
          key={kind}
          type="button"
          className={styles.kind}
          aria-pressed={kind === chosen}
          onClick={() => onChoose(kind === chosen ? undefined : kind)}
        >
          <KindIcon kind={kind} size={13} />
          {kindPlural(kind)} <span className={styles.kindCount}>{numberText(counts.get(kind) ?? 0)}</span>
        </button>
      ))}
    </div>
  );
}
