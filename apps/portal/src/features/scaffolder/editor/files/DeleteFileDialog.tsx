import { Button } from '@mantine/core';
import { Dialog } from '@waymark/ui';
import styles from './dialogs.module.css';

export interface DeleteFileDialogProps {
  path: string;
  onDelete: () => void;
  onClose: () => void;
}

/** Asks before a file of the draft goes. */
export function DeleteFileDialog({ path, onDelete, onClose }: DeleteFileDialogProps) {
  return (
    <Dialog title={`Delete ${path}?`} onClose={onClose}>
      <p className={styles.text}>
        It goes from this draft only. In the repository of the template it stays until you delete it there.
      </p>
      <div className={styles.buttons}>
        <Button size="xs" variant="default" data-autofocus onClick={onClose}>
          Keep it
        </Button>
        <Button
          size="xs"
          color="red"
          onClick={() => {
            onDelete();
            onClose();
          }}
        >
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
