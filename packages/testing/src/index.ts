export { createTestDatabase, useTestDatabase, type TestDatabase } from './test-database.ts';
export { takeConsoleErrors } from './console-errors.ts';
