import { z } from 'zod';
import { createStoredValue } from './stored-value.ts';

/** Whether single letters are shortcuts. Who dictates or types by accident can switch them off (WCAG 2.1.4). */
export const letterKeys = createStoredValue('letter-keys', z.boolean(), true);
