import { z } from 'zod';
import { createStoredValue } from '../../../../lib/browser/stored-value.ts';

const logSettingsSchema = z.object({
  isWrapped: z.boolean(),
  times: z.enum(['since-start', 'clock']),
});
export type LogSettings = z.output<typeof logSettingsSchema>;

/** How somebody likes logs: kept in the browser, for all runs. */
export const logSettings = createStoredValue<LogSettings>('log-settings', logSettingsSchema, {
  isWrapped: true,
  times: 'since-start',
});
