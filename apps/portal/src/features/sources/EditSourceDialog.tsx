import { Button } from '@mantine/core';
import type { Source } from '@waymark/contracts';
import { Dialog } from '@waymark/ui';
import { useId, useState, type FormEvent } from 'react';
import { sourceName } from '../../lib/sources/source-words.ts';
import { errorWords } from '../../lib/ui/error-words.ts';
import { useUpdateSource } from './manage-source.queries.ts';
import type { SourceDialogProps } from './RemoveSourceDialog.tsx';
import styles from './SourceDialogs.module.css';

/** Points a registered source at another place: a repository at another branch or path, a file at another address. */
export function EditSourceDialog({ source, onClose }: SourceDialogProps) {
  const [target, setTarget] = useState(source.target);
  const [branch, setBranch] = useState(source.branch ?? '');
  const [path, setPath] = useState(source.path ?? '');
  const update = useUpdateSource(source.id);
  const isFile = source.type === 'url';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate(isFile ? { target: target.trim() } : changeOf(source, branch, path), {
      onSuccess: onClose,
    });
  };
  return (
    <Dialog onClose={onClose} title={`Change ${sourceName(source)}`} size="md">
      <form onSubmit={submit}>
        {isFile ? (
          <TextField
            label="Address"
            value={target}
            onChange={setTarget}
            help="Of the file, for example https://github.com/acme/payments/blob/main/catalog-info.yaml."
          />
        ) : (
          <>
            <TextField
              label="Branch"
              value={branch}
              onChange={setBranch}
              help="Empty for the default branch of the repository."
            />
            <TextField
              label="Path"
              value={path}
              onChange={setPath}
              help="A file or a glob such as services/*/catalog-info.yaml. Empty for every catalog-info.yaml."
            />
          </>
        )}
        <p className={styles.text}>
          It is read again at once. What the new place no longer describes leaves the catalog.
        </p>
        {update.error && (
          <p className={styles.failure} role="alert">
            {errorWords(update.error).title}. {errorWords(update.error).advice}
          </p>
        )}
        <div className={styles.buttons}>
          <Button size="xs" variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button size="xs" type="submit" loading={update.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Only what differs; an emptied field goes back to its default. */
function changeOf(source: Source, branch: string, path: string) {
  const value = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    ...(value(branch) !== (source.branch ?? null) && { branch: value(branch) }),
    ...(value(path) !== (source.path ?? null) && { path: value(path) }),
  };
}

function TextField({
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
