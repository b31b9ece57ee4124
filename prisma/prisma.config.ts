import { defineConfig } from 'prisma/config';

// Paths are relative to this file. The URL is needed by Prisma's own commands only; the server hands
// its own to the driver adapter.
export default defineConfig({
  schema: './schema',
  migrations: { path: './migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/waymark' },
});
