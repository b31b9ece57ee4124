import type { TaskStatus } from '@waymark/contracts';
import type { StepLog } from '../actions/action.ts';
import type { RunEvent } from './run-record.ts';

/** Entries wait so long for others to be written with them: nobody sees it, and each time costs everybody who follows. */
const FLUSH_MS = 50;
/** Entries of one run. One that says more is cut short: its log is for people. */
export const MAX_EVENTS = 20_000;
export const FULL_LOG = 'The log is full: what follows is left out.';
const MAX_MESSAGE_LENGTH = 20_000;

export interface RunLogOptions {
  append: (events: readonly RunEvent[]) => Promise<void>;
  redact: (text: string) => string;
}

/** The log of a run: entries are gathered for a moment and written together, in their order. */
export interface RunLog {
  forStep(stepId: string): StepLog;
  /** Says that a step begins or ended. */
  step(stepId: string, status: TaskStatus, message: string): void;
  /** Resolves when everything is written. @throws whatever writing failed with */
  flush(): Promise<void>;
  /**
   * Ends the log: resolves to its last entries, which are for the caller to write, when all before them are written.
   *
   * @throws whatever writing failed with
   */
  end(): Promise<RunEvent[]>;
}

export function createRunLog({ append, redact }: RunLogOptions): RunLog {
  let pending: RunEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let count = 0;
  let failure: Error | undefined;

  const take = (): RunEvent[] => {
    clearTimeout(timer);
    timer = undefined;
    const events = pending;
    pending = [];
    return events;
  };
  const write = () => {
    const events = take();
    if (events.length === 0) return;
    writing = writing
      .then(() => append(events))
      .catch((error: unknown) => {
        failure ??= error instanceof Error ? error : new Error(String(error));
      });
  };
  const add = (body: RunEvent['body']) => {
    count += 1;
    if (count > MAX_EVENTS) return;
    const message = count === MAX_EVENTS ? FULL_LOG : body.message;
    pending.push({ type: 'log', body: { ...body, message: shortMessage(redact(message)) } });
    timer ??= setTimeout(write, FLUSH_MS);
  };

  return {
    forStep(stepId) {
      return {
        info: (message) => add({ message, stepId }),
        warn: (message) => add({ message, stepId, level: 'warn' }),
        error: (message) => add({ message, stepId, level: 'error' }),
      };
    },
    step: (stepId, status, message) => add({ message, stepId, status }),
    async flush() {
      write();
      await writing;
      if (failure) throw failure;
    },
    async end() {
      const events = take();
      await writing;
      if (failure) throw failure;
      return events;
    },
  };
}

/** A message of the log, cut where it is longer than anybody reads. */
export function shortMessage(message: string): string {
  if (message.length <= MAX_MESSAGE_LENGTH) return message;
  return `${message.slice(0, MAX_MESSAGE_LENGTH)}… (${message.length - MAX_MESSAGE_LENGTH} characters more)`;
}
