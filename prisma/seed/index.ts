import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createBareRepository, references } from './git/bare-repository.ts';
import type { DemoStamp } from './git/demo-stamp.ts';
import { isNotFound, readStamp, writeStamp } from './git/demo-stamp.ts';
import { demoBranch, fastImportStream } from './git/fast-import.ts';
import { company, demoEpoch } from './organisation/company.ts';
import { demoRepositories, descriptorPath, repositoryNames } from './repositories/demo-repositories.ts';

export { demoFolderLocations, seedDemoFolders, type DemoFolder } from './demo-folders.ts';
export { company as demoCompany, demoEpoch } from './organisation/company.ts';

/** Where the seed reports; a pino logger is one. */
export interface SeedLog {
  info(message: string): void;
  warn(message: string): void;
}

/** A place that the catalog reads, in the shape of an entry of `catalog.locations`. */
export interface DemoLocation {
  type: 'git';
  /** File URL of a bare repository. */
  target: string;
  branch: 'main';
  /** Which files describe entities, where it is not all of the usual name. */
  path?: string;
}

/** One repository to be made, as bytes for `git fast-import`. */
interface RepositoryPlan {
  name: string;
  stream: Buffer;
  version: string;
}

/**
 * Makes the demo organisation's bare repositories under `<home>/repositories/ferrowick/`, those that are
 * missing or older than this program; a repository that somebody else made or pushed to stays as it is.
 * Each appears complete or not at all, so a killed run is simply run again.
 * @returns how many repositories the organisation has, and whether this call made any
 * @throws Error when the `git` program is missing or fails, or `home` cannot be written
 */
export async function seedDemoOrganisation(options: {
  home: string;
  log: SeedLog;
  /** End of the invented history; the default is a constant, so that commit ids are always the same. */
  epoch?: Date;
}): Promise<{ repositories: number; created: boolean }> {
  const { home, log, epoch = demoEpoch } = options;
  const root = repositoriesRoot(home);
  await mkdir(root, { recursive: true });
  await removeAbandonedStaging(root);
  const plans = demoRepositories(epoch).map(planOf);
  const staging = await mkdtemp(join(root, `${stagingPrefix}${process.pid}-`));
  try {
    const made = await makeAll(plans, { root, staging, log });
    if (made > 0) log.info(`demo organisation: ${made} of ${plans.length} Git repositories made in ${root}`);
    return { repositories: plans.length, created: made > 0 };
  } finally {
    await rm(staging, removeOptions);
  }
}

/** What the catalog should read to show the demo organisation, in the order of its repositories. */
export function demoLocations(options: { home: string }): DemoLocation[] {
  const root = repositoriesRoot(options.home);
  return repositoryNames.map((name) => {
    const path = descriptorPath(name);
    const target = pathToFileURL(join(root, `${name}.git`)).href;
    return { type: 'git', target, branch: demoBranch, ...(path !== undefined && { path }) };
  });
}

function repositoriesRoot(home: string): string {
  return resolve(home, 'repositories', company.slug);
}

function planOf({ name, commits }: ReturnType<typeof demoRepositories>[number]): RepositoryPlan {
  const stream = fastImportStream(commits);
  return { name, stream, version: createHash('sha256').update(stream).digest('hex') };
}

/** Retries: a `git` program that outlived its killed parent may still write into the folder for a moment. */
const removeOptions = { recursive: true, force: true, maxRetries: 5 };

/** Folders in which repositories are built before they are moved to their place; the process id follows. */
const stagingPrefix = '.seeding-';

interface Workplace {
  root: string;
  staging: string;
  log: SeedLog;
}

/** More at a time gains nothing on two cores: nearly all the time goes to starting `git`. */
const maxConcurrentRepositories = 4;

async function makeAll(plans: readonly RepositoryPlan[], workplace: Workplace): Promise<number> {
  const waiting = [...plans];
  let made = 0;
  const work = async (): Promise<void> => {
    for (let plan = waiting.shift(); plan !== undefined; plan = waiting.shift()) {
      if (await makeIfNeeded(plan, workplace)) made += 1;
    }
  };
  const workers = Array.from({ length: maxConcurrentRepositories }, async () => {
    try {
      await work();
    } catch (error) {
      waiting.length = 0;
      throw error;
    }
  });
  // Not Promise.all: after a failure the other git programs still write into the staging folder for a moment.
  const failed = (await Promise.allSettled(workers)).find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return made;
}

async function makeIfNeeded(plan: RepositoryPlan, { root, staging, log }: Workplace): Promise<boolean> {
  const target = join(root, `${plan.name}.git`);
  const stamp = await readStamp(target);
  if (stamp === 'foreign') {
    log.warn(
      `demo organisation: ${target} was not made by Waymark and stays as it is; move it away to get the demo's`,
    );
    return false;
  }
  if (stamp !== 'missing') {
    if (stamp.version === plan.version) return false;
    if (await wasChanged(target, stamp)) {
      log.warn(
        `demo organisation: ${target} has commits of yours and stays as it is; move it away to get the new one`,
      );
      return false;
    }
  }
  const built = join(staging, `${plan.name}.git`);
  await writeStamp(built, { version: plan.version, head: await createBareRepository(built, plan.stream) });
  if (stamp !== 'missing') await moveAway(target, join(staging, `${plan.name}.outdated`));
  return moveIntoPlace(built, target);
}

/** Whether there is anything in the repository but the one branch that the seed left. */
async function wasChanged(directory: string, stamp: DemoStamp): Promise<boolean> {
  const all = await references(directory);
  return all.length !== 1 || all[0]?.commit !== stamp.head;
}

/** Another process may have moved it in the meantime: then there is nothing to do. */
async function moveAway(outdated: string, place: string): Promise<void> {
  try {
    await rename(outdated, place);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** @returns false when another process has put the same repository there in the meantime */
async function moveIntoPlace(built: string, target: string): Promise<boolean> {
  try {
    await rename(built, target);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes what a killed run left; the folder of a run that is still alive stays. */
async function removeAbandonedStaging(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const owner = /^\.seeding-(\d+)-/.exec(name)?.[1];
    if (owner !== undefined && !isRunning(Number(owner))) await rm(join(root, name), removeOptions);
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
