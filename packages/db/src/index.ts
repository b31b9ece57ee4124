export { openDatabase, type Database, type DatabaseOptions } from './database.ts';
export { inLongTransaction, inSnapshot, inTransaction, type Transaction } from './transaction.ts';
export { recordChange, type AuditRecord, type ChangeRecord, type EventRecord } from './change-record.ts';
export type { NotificationHandlers, NotificationListener } from './notifications.ts';
export { applyMigrations } from './migration-runner.ts';
export { startEmbeddedPostgres } from './embedded-postgres.ts';
