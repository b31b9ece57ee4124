import { setTimeout } from 'node:timers/promises';
import type { Work } from './process-items.ts';

interface Invoice {
  id: string;
}

/** An example to replace: where the items come from, and what is done with one. */
export const overdueInvoices: Work<Invoice> = {
  items: [{ id: 'invoice-1' }, { id: 'invoice-2' }, { id: 'invoice-3' }],
  handle: async (_invoice, signal) => {
    await setTimeout(10, undefined, { signal });
  },
  nameOf: ({ id }) => id,
};
