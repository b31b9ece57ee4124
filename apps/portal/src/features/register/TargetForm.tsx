import { Button, Loader } from '@mantine/core';
import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import type { SourceInput } from '@waymark/contracts';
import { useId, useState, type FormEvent } from 'react';
import styles from './TargetForm.module.css';
import { targetProblem } from './target-problem.ts';

export interface TargetFormProps {
  initial: SourceInput;
  isBusy: boolean;
  onSubmit: (input: SourceInput) => void;
}

/** The address, and for those who need it branch and path. */
export function TargetForm({ initial, isBusy, onSubmit }: TargetFormProps) {
  const [target, setTarget] = useState(initial.target);
  const [branch, setBranch] = useState(initial.branch ?? '');
  const [path, setPath] = useState(initial.path ?? '');
  const [problem, setProblem] = useState<string>();
  const [hasMore, setHasMore] = useState(Boolean(initial.branch ?? initial.path));
  const [taken, setTaken] = useState(JSON.stringify(initial));
  // Going back and forward changes what is asked: the fields follow, and whoever is in one stays there.
  if (taken !== JSON.stringify(initial)) {
    setTaken(JSON.stringify(initial));
    setTarget(initial.target);
    setBranch(initial.branch ?? '');
    setPath(initial.path ?? '');
    setProblem(undefined);
  }
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = targetProblem(target);
    setProblem(wrong);
    if (wrong !== undefined) {
      document.getElementById(`${id}-target`)?.focus();
      return;
    }
    onSubmit({
      target: target.trim(),
      ...(branch.trim() !== '' && { branch: branch.trim() }),
      ...(path.trim() !== '' && { path: path.trim() }),
    });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <label className={styles.label} htmlFor={`${id}-target`}>
        Address of the repository or file
      </label>
      <div className={styles.line}>
        <input
          id={`${id}-target`}
          data-page-filter
          type="url"
          className={styles.target}
          value={target}
          placeholder="https://github.com/acme/payments"
          autoComplete="off"
          spellCheck={false}
          // The one thing to do on this page.
          autoFocus={initial.target === ''}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-help`}
          onChange={(event) => {
            setTarget(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
        {/* Never disabled, which would take the focus away: another address may be looked at meanwhile. */}
        <Button
          type="submit"
          size="sm"
          className={styles.submit}
          leftSection={isBusy ? <Loader size={15} color="currentColor" /> : <IconSearch size={15} />}
        >
          Look at it
        </Button>
      </div>
      <p id={`${id}-help`} className={styles.help} data-bad={problem !== undefined || undefined}>
        {problem ?? 'For example https://github.com/acme/payments or …/blob/main/catalog-info.yaml.'}
      </p>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={hasMore}
        aria-controls={`${id}-more`}
        onClick={() => setHasMore(!hasMore)}
      >
        <IconChevronRight size={13} stroke={2} aria-hidden className={styles.chevron} />
        Another branch or path
      </button>
      <div id={`${id}-more`} className={styles.more} hidden={!hasMore}>
        <Field
          label="Branch"
          value={branch}
          onChange={setBranch}
          help="Without one, the default branch of the repository."
        />
        <Field
          label="Path"
          value={path}
          onChange={setPath}
          help="A file or a glob such as services/*/catalog-info.yaml. Without one, every catalog-info.yaml."
        />
      </div>
    </form>
  );
}

function Field({
  label,
  value,
  onChange,
  help,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help: string;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        className={styles.input}
        value={value}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p id={`${id}-help`} className={styles.help}>
        {help}
      </p>
    </div>
  );
}
