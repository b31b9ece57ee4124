import { text } from '@waymark/config';
import { z } from 'zod';

/** `example.com`, `*.example.com` where a pattern is meant, or with a port. */
export const hostName = text('expected a host name').regex(/^(\*\.)?[^/@*\s]+$/, {
  error: 'expected a host name without a scheme or path',
});

/** Paths of a host, with what lies below them; all where they are left out. */
export const hostPaths = z
  .array(text().regex(/^\//, { error: 'expected a path that begins with /' }))
  .optional();
