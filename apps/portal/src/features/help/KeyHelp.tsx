import { Dialog } from '@waymark/ui';
import { KeyTable } from './KeyTable.tsx';

/** The shortcuts above whatever page is open. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" size={520} onClose={onClose}>
      <KeyTable />
    </Dialog>
  );
}
