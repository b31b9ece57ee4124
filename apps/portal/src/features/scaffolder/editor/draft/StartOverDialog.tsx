import { Button } from '@mantine/core';
import { Dialog } from '@waymark/ui';
import styles from '../files/dialogs.module.css';

/** Asks before everything that somebody has changed goes. */
export function StartOverDialog({ onStartOver, onClose }: { onStartOver: () => void; onClose: () => void }) {
  return (
    <Dialog title="Start over?" onClose={onClose}>
      <p className={styles.text}>
        Your changes to the files and your answers to the form are lost. Download them first if you may want
        them again.
      </p>
      <div className={styles.buttons}>
        <Button size="xs" variant="default" data-autofocus onClick={onClose}>
          Keep my changes
        </Button>
        <Button size="xs" color="red" onClick={onStartOver}>
          Start over
        </Button>
      </div>
    </Dialog>
  );
}
