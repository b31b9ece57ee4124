import type {
  DiscoveryRepository,
  DiscoveryResult,
  FoundRepository,
  KnownRepository,
} from './discovery.repository.ts';
import {
  discoverySettingsSchema,
  repositorySettingsSchema,
  type DiscoverySettings,
} from './hosts/host-settings.ts';
import type { HostOpener, OpenHost } from './hosts/host-opener.ts';
import type { HostedGit, HostedList, HostedRepository } from './hosts/hosted-git.ts';
import { createRepositoryFilter } from './hosts/repository-filter.ts';
import { SourceReadError } from './readers/source-reader.ts';
import type { FingerprintedSource } from './source-fingerprint.ts';
import type { SourceToRead } from './source-row.repository.ts';
import type { SourceNote } from './readings.repository.ts';

/**
 * What a host says of the last push is true no sooner than this: GitHub's times are whole seconds and come
 * from many machines, GitLab notes activity once an hour. Until then a repository is looked at once more.
 */
const SETTLING_MS = { github: 90_000, gitlab: 61 * 60_000 } as const;
/** Repositories that are asked for by name in one read, because the list had them no more. */
const MAX_CONFIRMATIONS = 50;

export interface DiscoveryReadingOptions {
  repositories: DiscoveryRepository;
  openHost: HostOpener;
  /** Removes a source with what only it provided. */
  removeSource: (sourceId: string) => Promise<void>;
  /** See `createSourceFingerprint`. */
  fingerprintOf: (source: FingerprintedSource) => string;
}

/** Finds the repositories of an organisation or group. */
export interface DiscoveryReading {
  /** @returns what changed, and what somebody should know although it went well */
  read(
    source: SourceToRead,
    at: { startedAt: Date; nextReadAt: Date },
    signal: AbortSignal,
  ): Promise<DiscoveryResult & { removed: number; note?: SourceNote }>;
}

export function createDiscoveryReading(options: DiscoveryReadingOptions): DiscoveryReading {
  const { repositories, fingerprintOf } = options;
  return {
    async read(source, { startedAt, nextReadAt }, signal) {
      const settings = discoverySettingsSchema.parse(source.settings);
      const { git, integration } = options.openHost(source, settings.host);
      const matches = createRepositoryFilter(integration.kind, settings.filter);
      const listing = await git.repositories(settings.organisation, signal);
      const found = listing.items
        .filter(matches)
        .map((repository) =>
          toFound(repository, source, { settings, integration, now: startedAt, fingerprintOf }),
        );
      const kept = await repositories.keep({ id: source.id, type: integration.kind }, found, {
        readAt: startedAt,
        nextReadAt,
      });
      const keys = new Set(found.map(({ key }) => key));
      const missing = (await repositories.known(source.id)).filter(({ key }) => !keys.has(key));
      const gone = await findGone(missing, { git, listing, settings, matches, signal });
      for (const { sourceId } of gone) await options.removeSource(sourceId);
      const note = noteOf(settings, listing);
      return { ...kept, removed: gone.length, ...(note ? { note } : {}) };
    },
  };
}

interface DiscoveryContext {
  settings: DiscoverySettings;
  integration: OpenHost['integration'];
  now: Date;
  fingerprintOf: DiscoveryReadingOptions['fingerprintOf'];
}

function toFound(
  repository: HostedRepository,
  { id }: SourceToRead,
  { settings, integration, now, fingerprintOf }: DiscoveryContext,
): FoundRepository {
  const { fullName, changedAt } = repository;
  const { kind, host } = integration;
  const target = `https://${host}/${fullName}`;
  const branch = settings.branch ?? repository.defaultBranch ?? settings.fallbackBranch ?? 'main';
  const isSettled = changedAt !== undefined && now.getTime() - changedAt.getTime() > SETTLING_MS[kind];
  return {
    key: JSON.stringify([kind, id, repository.id]),
    target,
    branch: settings.branch ?? null,
    path: settings.path,
    settings: {
      host,
      repositoryId: repository.id,
      fullName,
      branch,
      // A recent one bears the time at which it was seen, so that the next look finds another mark.
      mark: `${changedAt?.toISOString() ?? 'never'}${isSettled ? '' : ` seen ${now.toISOString()}`}`,
      // What decides over its files is part of what it is: when that changes, it is read again.
      fingerprint: fingerprintOf({ type: kind, target, origin: 'discovery' }),
    },
  };
}

/**
 * Of the repositories that were not found those that are gone for sure: the list has them and the filters do
 * not, or the host says so when it is asked for that very one. A list that moves on while it is read page by
 * page may have left one out.
 */
async function findGone(
  missing: readonly KnownRepository[],
  context: {
    git: HostedGit;
    listing: HostedList<HostedRepository>;
    settings: DiscoverySettings;
    matches: (repository: HostedRepository) => boolean;
    signal: AbortSignal;
  },
): Promise<KnownRepository[]> {
  const { git, listing, settings, matches, signal } = context;
  const listed = new Set(listing.items.map(({ id }) => id));
  const gone: KnownRepository[] = [];
  let confirmations = 0;
  for (const known of missing) {
    const { repositoryId, fullName } = repositorySettingsSchema.parse(known.settings);
    if (listed.has(repositoryId)) {
      gone.push(known);
      continue;
    }
    if (!listing.isComplete || confirmations >= MAX_CONFIRMATIONS) continue;
    confirmations += 1;
    const answer = await git.repository({ id: repositoryId, fullName }, signal).catch((error: unknown) => {
      if (error instanceof SourceReadError) return error;
      throw error;
    });
    // Who cannot be asked is not gone; the others are asked at the next look.
    if (answer instanceof SourceReadError) confirmations = MAX_CONFIRMATIONS;
    else if (!isStillOf(settings, repositoryId, answer) || !matches(answer)) gone.push(known);
  }
  return gone;
}

function isStillOf(
  { organisation }: DiscoverySettings,
  id: string,
  repository: HostedRepository | undefined,
): repository is HostedRepository {
  if (repository?.id !== id) return false;
  const owner = `${organisation}/`.toLowerCase();
  return organisation === '' || repository.fullName.toLowerCase().startsWith(owner);
}

function noteOf(
  { host, organisation }: DiscoverySettings,
  { isComplete, skipped }: HostedList<HostedRepository>,
): SourceNote | undefined {
  if (isComplete) return undefined;
  return {
    code: 'discovery.incomplete',
    message:
      skipped > 0
        ? `${host} describes ${skipped} repositories of ${organisation} in a way that cannot be understood; they stay as they are.`
        : `${host} hides a part of ${organisation} from the token; what was read from there before stays.`,
    hint: 'Nothing is removed while the list of repositories is not complete. Check what the token may see.',
  };
}
