import type { Logger } from 'pino';
import type { CatalogRepository } from './catalog.repository.ts';
import { nextTurn, PREPARE_CHUNK, prepareEntities } from './indexed-entities.ts';
import { CatalogReadIndex } from './read-index/catalog-read-index.ts';

/** NOTIFY channel on which a writing transaction announces its version. */
export const CATALOG_CHANNEL = 'waymark_catalog';

/** A larger change is read as a whole new index, so that no query has to wait for it to be applied. */
const MAX_INCREMENTAL_ROWS = 4_000;
/** Lost notifications are made up for after this long at the latest. */
const POLL_INTERVAL_MS = 1_000;

/** Opens the subscription to {@link CATALOG_CHANNEL}. */
export type Subscribe = (handlers: { onNotification: () => void; onConnected: () => void }) => {
  close(): Promise<void>;
};

export interface CatalogSynchronizerOptions {
  repository: CatalogRepository;
  subscribe: Subscribe;
  log: Logger;
}

/**
 * Keeps the read index equal to the database. Versions are given out under a row lock that is held
 * until commit, so whoever has seen version N has everything up to N. A notification only says "look
 * now"; what changed is always read from the tables, so a lost one costs a second and nothing else.
 */
export class CatalogSynchronizer {
  #index = new CatalogReadIndex();
  readonly #repository: CatalogRepository;
  readonly #subscribe: Subscribe;
  readonly #log: Logger;
  #subscription: { close(): Promise<void> } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<boolean> | undefined;
  #isDirty = false;
  #newestSeen = 0;
  #isLoaded = false;
  #isStopped = false;

  constructor({ repository, subscribe, log }: CatalogSynchronizerOptions) {
    this.#repository = repository;
    this.#subscribe = subscribe;
    this.#log = log;
  }

  /** The index to ask. Do not keep it over an `await`: a large change replaces it. */
  get index(): CatalogReadIndex {
    return this.#index;
  }

  /** Why the index cannot be asked yet, or undefined. */
  get notReadyReason(): string | undefined {
    return this.#isLoaded ? undefined : 'the catalog is still loading into memory';
  }

  /** Loads the catalog and keeps it current from then on. Resolves after the first load, or the first failure. */
  async start(): Promise<void> {
    this.#subscription = this.#subscribe({
      onNotification: () => this.#wake(),
      onConnected: () => this.#wake(),
    });
    this.#timer = setInterval(() => this.#wake(), POLL_INTERVAL_MS);
    this.#timer.unref();
    await this.catchUp();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#subscription?.close();
    await this.#running;
  }

  /**
   * Brings the index to the database's present version. Resolves to false, and does not throw, when the
   * database could not be asked.
   */
  async catchUp(): Promise<boolean> {
    this.#wake();
    return (await this.#running) ?? false;
  }

  /** The newest version that an answer of this process may have shown a part of. */
  get shownVersion(): number {
    return Math.max(this.#index.version, this.#newestSeen);
  }

  /** To be told of rows that are newer than the index: they were read after it, and are shown. */
  noteShown(version: number): void {
    this.#newestSeen = Math.max(this.#newestSeen, version);
  }

  /**
   * Makes sure that the next answer is not older than `version`. A version that the database does not
   * have is one of another database, and is no reason to answer nothing.
   *
   * @returns false when the database could not be asked
   */
  async reach(version: number): Promise<boolean> {
    return this.#index.version >= version || this.catchUp();
  }

  #wake(): void {
    this.#isDirty = true;
    if (this.#isStopped) return;
    this.#running ??= this.#run();
  }

  async #run(): Promise<boolean> {
    try {
      while (this.#isDirty && !this.#isStopped) {
        this.#isDirty = false;
        await this.#step();
      }
      return true;
    } catch (error) {
      // The next poll tries again; until then the last state is served.
      this.#log.warn({ err: error }, 'catalog: the read index could not be brought up to date');
      return false;
    } finally {
      // Here and not in a later turn: whoever wakes it in between would wait for a run that looks no more.
      this.#running = undefined;
    }
  }

  async #step(): Promise<void> {
    if (!this.#isLoaded) return this.#loadAll();
    const changes = await this.#repository.readChanges(this.#index.version, MAX_INCREMENTAL_ROWS);
    // A version that went back means another database: a restored backup.
    if (changes.version < this.#index.version || !changes.isComplete) return this.#loadAll();
    if (changes.version === this.#index.version) return;
    const holders = changes.rows.filter((row) => row.isHolder);
    const upserts = await prepareEntities(holders, { isSearched: true });
    this.#index.apply({
      version: changes.version,
      upserts,
      removals: [...changes.removedIds, ...changes.rows.filter((row) => !row.isHolder).map((row) => row.id)],
    });
  }

  async #loadAll(): Promise<void> {
    const startedAt = performance.now();
    const fresh = new CatalogReadIndex();
    const version = await this.#repository.readAll(async (rows) => {
      // Nobody sees the new index yet, so it may be filled in small turns.
      for (let start = 0; start < rows.length; start += PREPARE_CHUNK) {
        fresh.apply({
          version: 0,
          upserts: await prepareEntities(rows.slice(start, start + PREPARE_CHUNK), { isSearched: true }),
          removals: [],
        });
        await nextTurn();
      }
    });
    fresh.version = version;
    this.#index = fresh;
    this.#isLoaded = true;
    this.#log.info(
      { entities: fresh.size, version, durationMs: Math.round(performance.now() - startedAt) },
      'catalog: read index loaded',
    );
  }
}
