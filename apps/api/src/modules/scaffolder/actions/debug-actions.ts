import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ActionFailure, defineAction, type ScaffolderAction } from './action.ts';

const MAX_LISTED_FILES = 1_000;
const MAX_EXTRA_CHARACTERS = 20_000;

export interface DebugSettings {
  /** Longest wait of `debug:wait`. */
  maxWaitMs: number;
}

/** Actions that help while a template is written. */
export function createDebugActions({ maxWaitMs }: DebugSettings): ScaffolderAction[] {
  return [
    defineAction({
      id: 'debug:log',
      description: 'Writes a message, or the list of files of the workspace, to the log of the run.',
      input: z.object({
        message: z.string().max(100_000).optional(),
        listWorkspace: z.union([z.boolean(), z.enum(['with-filenames', 'with-contents'])]).default(false),
        extra: z.json().optional(),
      }),
      output: z.object({}),
      examples: [
        {
          description: 'Say something',
          example: 'action: debug:log\ninput:\n  message: Hello, ${{ user.ref }}\n',
        },
      ],
      workspace: 'read',
      async run({ message, listWorkspace, extra }, { workspace, log }) {
        if (message !== undefined) log.info(message);
        if (extra !== undefined) log.info(JSON.stringify(extra, undefined, 2).slice(0, MAX_EXTRA_CHARACTERS));
        if (listWorkspace !== false) {
          const files = workspace.list();
          const shown = files.slice(0, MAX_LISTED_FILES).map(({ path }) => `  - ${path}`);
          const more = files.length > shown.length ? [`  and ${files.length - shown.length} more`] : [];
          log.info(['Workspace:', ...shown, ...more].join('\n'));
        }
        return {};
      },
    }),
    defineAction({
      id: 'debug:wait',
      description: `Waits, up to ${maxWaitMs / 1000} seconds.`,
      input: z.object({
        minutes: z.number().min(0).default(0),
        seconds: z.number().min(0).default(0),
        milliseconds: z.number().min(0).default(0),
      }),
      output: z.object({}),
      examples: [
        {
          description: 'Wait for half a second',
          example: 'action: debug:wait\ninput:\n  milliseconds: 500\n',
        },
      ],
      workspace: 'none',
      async run({ minutes, seconds, milliseconds }, { log, signal, isDryRun }) {
        const waitMs = minutes * 60_000 + seconds * 1_000 + milliseconds;
        if (waitMs > maxWaitMs) {
          throw new ActionFailure(
            `The step waits for ${waitMs / 1000} seconds; at most ${maxWaitMs / 1000} are allowed.`,
            'Wait for less, or split the wait over several steps.',
          );
        }
        log.info(`Waiting for ${waitMs / 1000} seconds`);
        if (!isDryRun) await sleep(waitMs, undefined, { signal });
        return {};
      },
    }),
  ];
}
