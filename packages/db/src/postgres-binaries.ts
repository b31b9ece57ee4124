import { execFile } from 'node:child_process';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** The programs of one PostgreSQL distribution. */
export interface PostgresBinaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly root: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** For example `18.4`. */
  readonly version: string;
}

interface ProgramPaths {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

const run = promisify(execFile);

/** Names of `@embedded-postgres/<name>` by Node's platform and architecture. */
const PACKAGE_BY_PLATFORM = new Map([
  ['darwin-arm64', 'darwin-arm64'],
  ['darwin-x64', 'darwin-x64'],
  ['linux-arm', 'linux-arm'],
  ['linux-arm64', 'linux-arm64'],
  ['linux-ia32', 'linux-ia32'],
  ['linux-ppc64', 'linux-ppc64'],
  ['linux-x64', 'linux-x64'],
  ['win32-x64', 'windows-x64'],
]);

/**
 * Finds the PostgreSQL programs that npm installed for this machine.
 *
 * @param platform Node's `process.platform` and `process.arch` joined by `-`
 * @throws EmbeddedPostgresError `platform-unsupported` when there are none, or they cannot run here
 */
export async function locatePostgresBinaries(
  platform = `${process.platform}-${process.arch}`,
): Promise<PostgresBinaries> {
  const packageName = PACKAGE_BY_PLATFORM.get(platform);
  if (packageName === undefined) throw unsupported(`PostgreSQL comes with no programs for ${platform}.`);
  // The platform packages are dependencies of `embedded-postgres`, so they are looked up from there.
  const fromEmbeddedPostgres = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = fromEmbeddedPostgres.resolve(`@embedded-postgres/${packageName}`);
  } catch (error) {
    throw unsupported(`The package @embedded-postgres/${packageName} is not installed.`, error);
  }
  // The type is that of every platform package.
  const programs = (await import(pathToFileURL(entry).href)) as ProgramPaths;
  const root = dirname(dirname(programs.postgres));
  return { root, ...programsIn(root, programs), version: await readVersion(programs.postgres) };
}

/**
 * The same programs at a place that another user can reach: copied to `<directory>/postgresql-<version>` once.
 * The copy appears by a rename, so a killed copy never leaves half.
 */
export async function copyPostgresBinaries(
  binaries: PostgresBinaries,
  directory: string,
): Promise<PostgresBinaries> {
  const root = join(directory, `postgresql-${binaries.version}`);
  if (!(await exists(root))) {
    await mkdir(directory, { recursive: true, mode: 0o755 });
    const unfinished = `${root}.new-${process.pid}`;
    await rm(unfinished, { recursive: true, force: true });
    // The libraries are found through relative links, which must stay relative.
    await cp(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true });
    await makeReadable(unfinished);
    await rename(unfinished, root).catch(async (error: unknown) => {
      await rm(unfinished, { recursive: true, force: true });
      // Another start may have finished the same copy first.
      if (!(await exists(root))) throw error;
    });
  }
  const inCopy = (program: string) => join(root, program.slice(binaries.root.length + 1));
  return {
    root,
    initdb: inCopy(binaries.initdb),
    pgCtl: inCopy(binaries.pgCtl),
    postgres: inCopy(binaries.postgres),
    version: binaries.version,
  };
}

function programsIn(root: string, programs: ProgramPaths) {
  if (dirname(dirname(programs.initdb)) !== root) throw unsupported(`PostgreSQL is not whole in ${root}.`);
  return { initdb: programs.initdb, pgCtl: programs.pg_ctl, postgres: programs.postgres };
}

/** Files installed under a strict umask stay closed to others after a copy: open them for reading. */
async function makeReadable(directory: string): Promise<void> {
  await run('chmod', ['-R', 'u+rwX,go+rX', directory]);
}

async function readVersion(postgres: string): Promise<string> {
  try {
    const { stdout } = await run(postgres, ['--version']);
    const version = /(\d+\.\d+)/.exec(stdout)?.[1];
    if (version !== undefined) return version;
    throw new Error(`unexpected answer: ${stdout.slice(0, 100)}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim() : String(error);
    throw unsupported(`The PostgreSQL program ${postgres} does not run on this machine: ${reason}`, error);
  }
}

function unsupported(message: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'platform-unsupported',
    message,
    'Run `npm ci` without `--omit=optional` and without `--ignore-scripts`, or set DATABASE_URL to a ' +
      'PostgreSQL server (15 or newer) of your own.',
    { cause },
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
