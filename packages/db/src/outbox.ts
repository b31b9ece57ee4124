import type { Transaction } from './transaction.ts';

/** Something that happened: `type` is `noun.past-tense`, `subject` what it happened to. */
export interface EventRecord {
  type: string;
  subject: string;
  payload: Record<string, unknown>;
}

/** Who did what to what. */
export interface AuditRecord {
  /** Canonical ref of the user, or `system:<part>`. */
  actor: string;
  action: string;
  target: string;
  requestId?: string;
  details?: Record<string, unknown>;
}

/** Writes an event in the transaction that makes it true. */
export async function recordEvent(
  transaction: Transaction,
  { type, subject, payload }: EventRecord,
): Promise<void> {
  await transaction.query('INSERT INTO outbox_event (type, subject, payload) VALUES ($1, $2, $3)', [
    type,
    subject,
    JSON.stringify(payload),
  ]);
}

/** Writes an audit row in the transaction that does what it tells of. */
export async function recordAudit(transaction: Transaction, record: AuditRecord): Promise<void> {
  await transaction.query(
    'INSERT INTO audit_entry (actor, action, target, request_id, details) VALUES ($1, $2, $3, $4, $5)',
    [
      record.actor,
      record.action,
      record.target,
      record.requestId ?? null,
      JSON.stringify(record.details ?? {}),
    ],
  );
}
