import { KeyHint } from '@waymark/ui';
import styles from './KeyTable.module.css';
import { keyGroups } from './keys.ts';

/** All shortcuts, by place. */
export function KeyTable() {
  return (
    <div className={styles.groups}>
      {keyGroups.map(({ title, keys }) => (
        <section key={title}>
          <h2 className={styles.title}>{title}</h2>
          <dl className={styles.keys}>
            {keys.map(([key, meaning]) => (
              <div key={key} className={styles.row}>
                <dt>
                  <KeyHint keys={key} />
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
