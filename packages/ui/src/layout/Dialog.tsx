import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './Dialog.module.css';

export interface DialogProps {
  title: string;
  /** Width as Mantine's modal takes it: a name or pixels. */
  size?: 'md' | 'lg' | number;
  onClose: () => void;
  children: ReactNode;
}

/** Something to decide or to read above the page: the page waits, Escape closes it, the focus goes back. */
export function Dialog({ title, size = 'md', onClose, children }: DialogProps) {
  return (
    <Modal.Root opened onClose={onClose} size={size}>
      <Modal.Overlay blur={0} />
      <Modal.Content>
        {/* Not Modal.Header: its element would count as a second banner of the page. */}
        <div className={styles.header}>
          <Modal.Title className={styles.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
