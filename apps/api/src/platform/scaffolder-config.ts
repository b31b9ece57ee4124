import { oneOf, text, wholeNumber } from '@waymark/config';
import { z } from 'zod';
import { hostName, hostPaths } from './host-config.ts';

/** Methods of requests that templates may make. */
export const REQUEST_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** `scaffolder` of the configuration. Names that Backstage has mean what they mean there. */
export const scaffolderSchema = z.strictObject({
  /** Runs at the same time in one process. */
  concurrentTasksLimit: wholeNumber({ from: 1, to: 100 }).default(8),
  /** Runs of one person at the same time, in all processes together. */
  concurrentTasksPerPerson: wholeNumber({ from: 1, to: 100 }).default(5),
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
  /** What the action `http:request` may ask; nothing, unless it is written here. */
  httpRequest: z
    .strictObject({
      allow: z
        .array(
          z.strictObject({
            host: hostName,
            paths: hostPaths,
            /** All, where they are left out. */
            methods: z.array(oneOf(REQUEST_METHODS)).min(1).optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
  /** Longest wait of `debug:wait` and `roadiehq:utils:sleep`. */
  maxWaitSeconds: wholeNumber({ from: 1, to: 600 }).default(30),
});
