import { Modal } from '@mantine/core';
import styles from './KeyHelp.module.css';
import { KeyTable } from './KeyTable.tsx';

/** The shortcuts above whatever page is open. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal.Root opened onClose={onClose} size={520}>
      <Modal.Overlay blur={0} />
      <Modal.Content>
        {/* Not Modal.Header: its element would count as a second banner of the page. */}
        <div className={styles.header}>
          <Modal.Title className={styles.title}>Keys</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body>
          <KeyTable />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
