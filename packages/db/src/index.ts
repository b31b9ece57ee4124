export { openDatabase, type Database, type DatabaseOptions } from './database.ts';
export { inLongTransaction, inSnapshot, inTransaction, type Transaction } from './transaction.ts';
export { recordAudit, recordEvent, type AuditRecord, type EventRecord } from './outbox.ts';
export type { NotificationHandlers, NotificationListener } from './notifications.ts';
export { applyMigrations } from './migration-runner.ts';
export { startEmbeddedPostgres } from './embedded-postgres.ts';
