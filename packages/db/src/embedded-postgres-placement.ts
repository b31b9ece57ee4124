import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { canReach, resolvePostgresAccount, type PostgresAccount } from './embedded-postgres-account.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { copyPostgresBinaries, locatePostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';

/** Where the database of one Waymark home lives, who runs it and with which programs. */
export interface PostgresPlacement {
  /** Holds `data`, `connection.json` and `postgres.log`. */
  readonly directory: string;
  readonly account: PostgresAccount | undefined;
  readonly binaries: PostgresBinaries;
}

export interface PlacementOptions {
  home: string;
  log: (line: string) => void;
  /** Told of a database that is about to be set aside, so that its server can be stopped. */
  stopServer: (placement: PostgresPlacement) => Promise<void>;
  /** Takes what the database's own user cannot reach elsewhere. */
  sharedDirectory?: string;
}

const SHARED_DIRECTORY = '/var/lib/waymark';

/**
 * The database belongs in `<home>/database`. Run as root, PostgreSQL is another user, who cannot pass a
 * folder of mode 0700 such as /root: then programs and data go to /var/lib/waymark, and a file `location`
 * in the home says so.
 */
export async function placePostgres(options: PlacementOptions): Promise<PostgresPlacement> {
  const inHome = join(resolve(options.home), 'database');
  await mkdir(inHome, { recursive: true, mode: 0o711 });
  const dataInHome = join(inHome, 'data');
  const hasDataInHome = await isDirectory(dataInHome);
  const account = await resolvePostgresAccount(hasDataInHome ? dataInHome : undefined);
  const installed = await locatePostgresBinaries();
  if (account === undefined) {
    await chmod(inHome, 0o700);
    return { directory: inHome, account, binaries: installed };
  }
  const shared = options.sharedDirectory ?? SHARED_DIRECTORY;
  const binaries = (await canReach(account, installed.postgres))
    ? installed
    : await copyPostgresBinaries(installed, shared);
  if (await canReach(account, inHome)) return { directory: inHome, account, binaries };
  if (hasDataInHome) throw unreachable(inHome);
  const directory = await placeElsewhere(options, inHome, { account, binaries, shared });
  return { directory, account, binaries };
}

async function placeElsewhere(
  { home, log, stopServer }: PlacementOptions,
  inHome: string,
  { account, binaries, shared }: { account: PostgresAccount; binaries: PostgresBinaries; shared: string },
): Promise<string> {
  const key = createHash('sha256').update(resolve(home)).digest('hex').slice(0, 16);
  const directory = join(shared, key);
  const pointer = join(inHome, 'location');
  const isKnown = await readFile(pointer, 'utf8').then(
    (text) => text.trim() === directory,
    () => false,
  );
  if (!isKnown && (await isDirectory(directory))) {
    // Whoever deletes the home wants a fresh start. The old database is kept until the next such one.
    const previous = `${directory}.previous`;
    await stopServer({ directory, account, binaries });
    await rm(previous, { recursive: true, force: true });
    await rename(directory, previous);
    log(`The database of a deleted ${resolve(home)} was set aside in ${previous}`);
  }
  await mkdir(directory, { recursive: true, mode: 0o711 });
  await writeFile(pointer, `${directory}\n`);
  log(`PostgreSQL cannot pass the folders above ${inHome} as its own user: the database is in ${directory}`);
  return directory;
}

function unreachable(directory: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'directory-not-writable',
    `The database in ${directory} belongs to a user that can no longer pass the folders above it.`,
    `Allow passing again (for example chmod o+x ${dirname(dirname(directory))}), or move the folder away ` +
      'to start with an empty database.',
  );
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
