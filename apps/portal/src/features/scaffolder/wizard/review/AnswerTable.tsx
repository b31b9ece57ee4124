import { EntityLink } from '../../../../lib/entities/EntityLink.tsx';
import type { FormPage } from '../form-pages.ts';
import type { JsonObject } from '../schema/json.ts';
import { answerRows, type AnswerValue } from './answer-rows.ts';
import styles from './AnswerTable.module.css';

export interface AnswerTableProps {
  page: FormPage;
  values: JsonObject;
  onEdit: () => void;
}

/** The answers to a page, to be read. */
export function AnswerTable({ page, values, onEdit }: AnswerTableProps) {
  const rows = answerRows(page.source, values);
  return (
    <section className={styles.answers} aria-label={page.title}>
      <header className={styles.head}>
        <h3 className={styles.title}>{page.title}</h3>
        <button type="button" className={styles.edit} onClick={onEdit} aria-label={`Change ${page.title}`}>
          Change
        </button>
      </header>
      {rows.length === 0 ? (
        <p className={styles.none}>Nothing is answered here.</p>
      ) : (
        <dl className={styles.list}>
          {rows.map(({ path, label, value }) => (
            <div key={path.join(' ')} className={styles.row}>
              <dt>{label}</dt>
              <dd>
                <Answer value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Answer({ value }: { value: AnswerValue }) {
  if (value.kind === 'hidden') return <span className={styles.hidden}>{value.text}</span>;
  if (value.kind === 'text') return value.text;
  return value.refs.map((ref, index) => (
    <span key={ref}>
      {index > 0 && ', '}
      {/^[^:\s]+:[^\s]+$/.test(ref) ? <EntityLink entityRef={ref} hasIcon /> : ref}
    </span>
  ));
}
