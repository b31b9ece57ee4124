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

interface Subscription extends NotificationHandlers {
  channel: string;
}

const RECONNECT_DELAYS_MS = [100, 250, 500, 1_000, 2_000];

/**
 * Listens to any number of channels on one connection, which is there while anybody listens: PostgreSQL wakes every
 * connection that listens for each notification of whatever channel. It comes back for ever. A notification may be lost
 * while it is down: `onConnected` is the moment to catch up from the tables.
 */
export class Notifications {
  readonly #options: { url: string; applicationName: string };
  readonly #subscriptions = new Set<Subscription>();
  /** Those whose channel the connection does not listen to yet. */
  #unheard = new Set<Subscription>();
  #client: pg.Client | undefined;
  #isConnected = false;
  /** The connection that is being told what to listen to. */
  #told: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempts = 0;

  constructor(options: { url: string; applicationName: string }) {
    this.#options = options;
  }

  listen(channel: string, handlers: NotificationHandlers): NotificationListener {
    const subscription = { channel, ...handlers };
    this.#subscriptions.add(subscription);
    this.#unheard.add(subscription);
    if (this.#client && this.#isConnected) void this.#hear(this.#client);
    else if (!this.#client && !this.#timer) void this.#connect();
    return { close: () => this.#leave(subscription) };
  }

  /** Ends all subscriptions. */
  async close(): Promise<void> {
    this.#subscriptions.clear();
    this.#unheard.clear();
    await this.#disconnect();
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      application_name: this.#options.applicationName,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    this.#client = client;
    client.on('notification', ({ channel, payload }) => {
      for (const subscription of this.#subscriptions)
        if (subscription.channel === channel) subscription.onNotification(payload ?? '');
    });
    client.on('error', () => {}); // 'end' follows and is where the reconnect starts
    client.on('end', () => this.#lost(client, new Error('The connection that listens was closed.')));
    try {
      await client.connect();
    } catch (error) {
      await client.end().catch(() => {}); // it never stood, or is gone already
      this.#lost(client, error);
      return;
    }
    if (this.#client !== client) return;
    this.#isConnected = true;
    this.#unheard = new Set(this.#subscriptions);
    await this.#hear(client);
  }

  /** One statement at a time; who comes meanwhile is heard with the next. */
  async #hear(client: pg.Client): Promise<void> {
    if (this.#told === client) return;
    this.#told = client;
    try {
      while (this.#client === client && this.#unheard.size > 0) await this.#tell(client);
    } catch (error) {
      await client.end().catch(() => {}); // it is gone already
      this.#lost(client, error);
    } finally {
      if (this.#told === client) this.#told = undefined;
    }
  }

  async #tell(client: pg.Client): Promise<void> {
    const subscriptions = [...this.#unheard];
    this.#unheard.clear();
    const channels = new Set(subscriptions.map(({ channel }) => channel));
    // LISTEN takes no parameters; the names are escaped.
    await client.query([...channels].map((name) => `LISTEN ${pg.escapeIdentifier(name)}`).join(';'));
    this.#attempts = 0;
    for (const subscription of subscriptions)
      if (this.#subscriptions.has(subscription)) subscription.onConnected();
  }

  #lost(client: pg.Client, reason: unknown): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#isConnected = false;
    const error = reason instanceof Error ? reason : new Error(String(reason));
    for (const subscription of this.#subscriptions) subscription.onConnectionLost(error);
    const delay = RECONNECT_DELAYS_MS[Math.min(this.#attempts, RECONNECT_DELAYS_MS.length - 1)];
    this.#attempts += 1;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#connect();
    }, delay);
  }

  async #leave(subscription: Subscription): Promise<void> {
    this.#subscriptions.delete(subscription);
    this.#unheard.delete(subscription);
    if (this.#subscriptions.size === 0) await this.#disconnect();
  }

  async #disconnect(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const client = this.#client;
    this.#client = undefined;
    this.#isConnected = false;
    await client?.end().catch(() => {}); // closing a dead connection is no news
  }
}
