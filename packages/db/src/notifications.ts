import pg from 'pg';

/** A standing subscription to a NOTIFY channel. */
export interface NotificationListener {
  close(): Promise<void>;
}

/** What a listener wants to be told. */
export interface NotificationHandlers {
  onNotification: (payload: string) => void;
  /** Called after each (re)connect: whatever was sent before is to be read from the tables. */
  onConnected: () => void;
  onConnectionLost: (error: Error) => void;
}

export interface NotificationOptions extends NotificationHandlers {
  url: string;
  channel: string;
  applicationName: string;
}

const RECONNECT_DELAYS_MS = [100, 250, 500, 1_000, 2_000];

/**
 * Listens on a connection of its own and reconnects for ever. A notification may be lost while it is
 * down: `onConnected` is the moment to catch up from the tables.
 */
export function listenForNotifications(options: NotificationOptions): NotificationListener {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let attempts = 0;
  let isClosed = false;

  const retry = (error: Error) => {
    if (isClosed || timer) return;
    options.onConnectionLost(error);
    const delay = RECONNECT_DELAYS_MS[Math.min(attempts, RECONNECT_DELAYS_MS.length - 1)];
    attempts += 1;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, delay);
  };

  const connect = async () => {
    const next = new pg.Client({
      connectionString: options.url,
      application_name: options.applicationName,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    client = next;
    next.on('notification', ({ payload }) => options.onNotification(payload ?? ''));
    next.on('error', () => {}); // 'end' follows and is where the reconnect starts
    next.on('end', () => {
      if (client === next) retry(new Error(`The connection that listens on ${options.channel} was closed.`));
    });
    try {
      await next.connect();
      // eslint-disable-next-line waymark/no-unsafe-sql -- because LISTEN takes no parameters; the name is escaped
      await next.query(`LISTEN ${pg.escapeIdentifier(options.channel)}`);
      attempts = 0;
      if (!isClosed) options.onConnected();
    } catch (error) {
      await next.end().catch(() => {}); // it never stood, or is gone already
      if (client === next) retry(error instanceof Error ? error : new Error(String(error)));
    }
  };

  void connect();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {}); // closing a dead connection is no news
    },
  };
}
