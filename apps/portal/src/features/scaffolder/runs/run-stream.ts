import { streamTaskEvents, taskEventSchema, type TaskEvent } from '@waymark/contracts';

/** Whether what the server says arrives. */
export type StreamState = 'connecting' | 'live' | 'lost';

/** What is used of the browser's `EventSource`. */
export interface EventSourceLike {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
}

export interface RunStreamOptions {
  taskId: string;
  /** The last entry that is known already; 0 for none. */
  after: number;
  onEvents: (events: TaskEvent[]) => void;
  onState: (state: StreamState) => void;
  createSource?: (url: string) => EventSourceLike;
}

/** Entries that arrive within this time are told together: a run can say hundreds of lines at once. */
const gatherMs = 60;
const firstRetryMs = 1_000;
const maxRetryMs = 10_000;
const closed = 2;

/**
 * Follows the log of a run. A browser comes back to a stream by itself with the id of the last entry; where it gives
 * up (a proxy answers that the server is away), the stream is opened anew from there.
 *
 * @returns ends it
 */
export function followRun(options: RunStreamOptions): () => void {
  const { taskId, onEvents, onState, createSource = (url) => new EventSource(url) } = options;
  let last = options.after;
  let retries = 0;
  let isStopped = false;
  let source: EventSourceLike | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let gatherTimer: ReturnType<typeof setTimeout> | undefined;
  let gathered: TaskEvent[] = [];

  const tell = () => {
    gatherTimer = undefined;
    const events = gathered;
    gathered = [];
    if (events.length > 0) onEvents(events);
  };
  const onMessage = (message: Event) => {
    const event = message instanceof MessageEvent ? readEvent(message.data) : undefined;
    if (event === undefined || isStopped) return;
    last = Math.max(last, event.id);
    gathered.push(event);
    gatherTimer ??= setTimeout(tell, gatherMs);
  };
  const onError = () => {
    if (isStopped) return;
    onState('lost');
    if (source?.readyState !== closed) return;
    retryTimer = setTimeout(open, Math.min(firstRetryMs * 2 ** retries, maxRetryMs));
    retries += 1;
  };
  const onOpen = () => {
    retries = 0;
    onState('live');
  };
  function open() {
    source?.close();
    source = createSource(addressOf(taskId, last));
    for (const name of taskEventSchema.shape.type.options) source.addEventListener(name, onMessage);
    source.addEventListener('open', onOpen);
    source.addEventListener('error', onError);
  }

  onState('connecting');
  open();
  return () => {
    isStopped = true;
    clearTimeout(retryTimer);
    clearTimeout(gatherTimer);
    source?.close();
    tell();
  };
}

function addressOf(taskId: string, after: number): string {
  const path = streamTaskEvents.path.replace(':taskId', encodeURIComponent(taskId));
  return after === 0 ? path : `${path}?after=${after}`;
}

/** What is no entry of this contract is left out: a newer server may say more than this page knows. */
function readEvent(data: unknown): TaskEvent | undefined {
  try {
    return taskEventSchema.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}
