import { Button, TextInput } from '@mantine/core';
import { Dialog } from '@waymark/ui';
import { useState, type FormEvent } from 'react';
import styles from './dialogs.module.css';

export interface FilePathDialogProps {
  title: string;
  /** On the button. */
  verb: string;
  /** What the field begins with. */
  path: string;
  problemOf: (path: string) => string | undefined;
  onDone: (path: string) => void;
  onClose: () => void;
}

/** Asks for the path of a file, from the folder of the template on. */
export function FilePathDialog({
  title,
  verb,
  path: first,
  problemOf,
  onDone,
  onClose,
}: FilePathDialogProps) {
  const [path, setPath] = useState(first);
  const [isTried, setIsTried] = useState(false);
  const problem = problemOf(path.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (problem !== undefined) return;
    onDone(path.trim());
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label="Path"
          description="From the folder of the template on, such as skeleton/README.md"
          value={path}
          error={isTried ? problem : undefined}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <div className={styles.buttons}>
          <Button size="xs" variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button size="xs" type="submit">
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
