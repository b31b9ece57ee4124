import { inTransaction, recordChange, type Database, type Transaction } from '@waymark/db';
import type { SourceChange } from '../sources/index.ts';

/** A delivery is known for thirty days; nobody sends one again later. */
const FORGET_OLD = `DELETE FROM webhook_delivery WHERE received_at < now() - interval '30 days'`;

/** A delivery that was found genuine. */
export interface Delivery {
  /** For example `github/main`. */
  connection: string;
  /** Undefined where the sender gives none; such a delivery is acted on each time. */
  deliveryId: string | undefined;
  requestId: string;
}

/** Deliveries of webhooks, and what they set off. */
export interface IngestRepository {
  /**
   * Takes a delivery once, and asks for a read of all sources that are concerned, in one transaction.
   *
   * @returns ids of the sources, or `duplicate`
   */
  take(delivery: Delivery, change: SourceChange | undefined): Promise<string[] | 'duplicate'>;
}

/** @param requestReads asks for a read of the sources that a change concerns, on the same transaction */
export function createIngestRepository(
  database: Database,
  requestReads: (transaction: Transaction, change: SourceChange) => Promise<string[]>,
): IngestRepository {
  return {
    take: (delivery, change) =>
      inTransaction(database, async (transaction) => {
        if (!(await isFirst(transaction, delivery))) return 'duplicate';
        const sourceIds = change === undefined ? [] : await requestReads(transaction, change);
        if (sourceIds.length > 0) {
          recordChange(transaction, {
            audit: {
              actor: `webhook:${delivery.connection}`,
              action: 'source.refresh',
              target: `webhook:${delivery.connection}`,
              requestId: delivery.requestId,
              details: { deliveryId: delivery.deliveryId, sourceIds },
            },
          });
        }
        return sourceIds;
      }),
  };
}

async function isFirst(transaction: Transaction, { connection, deliveryId }: Delivery): Promise<boolean> {
  transaction.send(FORGET_OLD);
  if (deliveryId === undefined) return true;
  const { rowCount } = await transaction.query(
    `INSERT INTO webhook_delivery (connection, delivery_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [connection, deliveryId],
  );
  return rowCount === 1;
}
