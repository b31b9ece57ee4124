import styles from './text.module.css';

/** Keys to press, each in its own cap: `keys="g c"` for one after the other, `"Ctrl+K"` for together. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keys.split(/[ +]/).map((key, index) => (
        <kbd key={index} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
