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

/** What a transaction leaves behind beside its change. */
export interface ChangeRecord {
  audit?: AuditRecord;
  /** For the outbox. */
  event?: EventRecord;
  /** Sent with NOTIFY when the transaction commits, for those who look at once. */
  notify?: readonly { channel: string; payload: string }[];
}

const RECORD_CHANGE = `
  WITH audited AS (
    INSERT INTO audit_entry (actor, action, target, request_id, details)
    SELECT $1::text, $2::text, $3::text, $4::text, $5::jsonb WHERE $1::text IS NOT NULL
  ), told AS (
    INSERT INTO outbox_event (type, subject, payload)
    SELECT $6::text, $7::text, $8::jsonb WHERE $6::text IS NOT NULL
  )
  SELECT pg_notify(channel, payload) FROM unnest($9::text[], $10::text[]) AS news (channel, payload)`;

/** Records a change in the transaction that makes it: all of it in one statement, with the change or not at all. */
export function recordChange(transaction: Transaction, { audit, event, notify = [] }: ChangeRecord): void {
  transaction.send(RECORD_CHANGE, [
    ...[audit?.actor ?? null, audit?.action ?? null, audit?.target ?? null, audit?.requestId ?? null],
    ...[audit && JSON.stringify(audit.details ?? {}), event?.type ?? null, event?.subject ?? null],
    ...[event && JSON.stringify(event.payload)],
    ...[notify.map(({ channel }) => channel), notify.map(({ payload }) => payload)],
  ]);
}
