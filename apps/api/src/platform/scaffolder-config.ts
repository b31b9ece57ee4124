import { text, wholeNumber } from '@waymark/config';
import { z } from 'zod';

/** `scaffolder` of the configuration. Names that Backstage has mean what they mean there. */
export const scaffolderSchema = z.strictObject({
  /** Runs at the same time in one process. */
  concurrentTasksLimit: wholeNumber({ from: 1, to: 100 }).default(8),
  /** Runs of one person at the same time, in all processes together. */
  concurrentTasksPerPerson: wholeNumber({ from: 1, to: 100 }).default(6),
  /** Runs of one person that may wait or run. */
  waitingTasksPerPerson: wholeNumber({ from: 1, to: 10_000 }).default(250),
  defaultAuthor: z
    .strictObject({ name: text().default('Waymark'), email: text().default('waymark@localhost') })
    .prefault({}),
  defaultCommitMessage: text().default('Initial commit'),
  /** What templates see under `environment`: `secrets` only in the input of steps, and never their values. */
  defaultEnvironment: z
    .strictObject({
      parameters: z.record(z.string(), z.json()).default({}),
      secrets: z.record(z.string(), text('expected a secret')).default({}),
    })
    .prefault({}),
  /** Longest wait of `debug:wait`. */
  maxWaitSeconds: wholeNumber({ from: 1, to: 600 }).default(30),
});
