import { IconArrowBackUp, IconPlayerSkipForward } from '@tabler/icons-react';
import type { ScaffolderActionDescription } from '@waymark/contracts';
import { CodeView, CopyButton } from '@waymark/ui';
import { useId } from 'react';
import { paths } from '../../../lib/paths.ts';
import styles from './ActionReference.module.css';
import { schemaFields, type SchemaField } from './schema-fields.ts';

/** One action: what it does, takes and gives, with examples. Its id is its place on the page. */
export function ActionReference({ action }: { action: ScaffolderActionDescription }) {
  const { id, description, schema, examples, dryRun, canUndo } = action;
  const nameId = useId();
  return (
    <section id={id} className={styles.action} aria-labelledby={nameId}>
      <header className={styles.head}>
        <h2 id={nameId} className={styles.name}>
          <a href={paths.templateActions(id)} className={styles.anchor}>
            {id}
          </a>
        </h2>
        <CopyButton text={id} label={`Copy ${id}`} />
        {dryRun === 'skips' && (
          <span className={styles.mark} title="A dry run makes up its output and does nothing outside">
            <IconPlayerSkipForward size={13} stroke={1.8} aria-hidden />
            Skipped in dry runs
          </span>
        )}
        {canUndo === true && (
          <span
            className={styles.mark}
            title="What it makes outside can be taken back from the page of the run"
          >
            <IconArrowBackUp size={13} stroke={1.8} aria-hidden />
            Can be undone
          </span>
        )}
      </header>
      <p className={styles.description}>{description}</p>
      <Fields title="Input" label={`Input of ${id}`} fields={schemaFields(schema.input)} hasDefaults />
      <Fields title="Output" label={`Output of ${id}`} fields={schemaFields(schema.output)} />
      {examples.map(({ description: title, example }, index) => (
        <div key={index}>
          <h3 className={styles.part}>Example: {title}</h3>
          <div className={styles.example}>
            <CodeView text={example} label={`Example of ${id}: ${title}`} language="yaml" />
          </div>
        </div>
      ))}
    </section>
  );
}

interface FieldsProps {
  title: string;
  label: string;
  fields: SchemaField[];
  hasDefaults?: boolean;
}

function Fields({ title, label, fields, hasDefaults = false }: FieldsProps) {
  if (fields.length === 0) return <p className={styles.none}>No {title.toLowerCase()}.</p>;
  return (
    <>
      <h3 className={styles.part}>{title}</h3>
      {/* Wide on a phone: it scrolls sideways, so a keyboard must be able to reach it. */}
      <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Type</th>
              {hasDefaults && <th scope="col">Default</th>}
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ path, depth, type, isRequired, defaultValue, description }) => (
              <tr key={path}>
                <th scope="row" style={{ paddingLeft: 12 + depth * 14 }}>
                  <code>{path}</code>
                  {isRequired && hasDefaults && <span className={styles.required}>required</span>}
                </th>
                <td>{type}</td>
                {hasDefaults && <td>{defaultValue === undefined ? '' : <code>{defaultValue}</code>}</td>}
                <td>{description}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
