import type { TreeFile } from '../readers/repository-tree.ts';

/** A repository as its host lists it. */
export interface HostedRepository {
  /** The host's own id: it outlives a new name and a new owner. */
  id: string;
  /** `organisation/name`, on GitLab with all groups between. */
  fullName: string;
  /** Undefined where the host names none. */
  defaultBranch: string | undefined;
  isArchived: boolean;
  isFork: boolean;
  /** Nothing was ever pushed to it. */
  isEmpty: boolean;
  visibility: 'public' | 'internal' | 'private';
  topics: string[];
  /** When something was last pushed, as far as the host says. */
  changedAt: Date | undefined;
}

/** The files of a repository at the head of a branch. */
export interface HostedTree {
  /** Id of the commit or of the tree: equal means unchanged. */
  revision: string;
  files: TreeFile[];
  /** The host cut the list short, so that only the archive is complete. */
  isTruncated: boolean;
}

/** Whether the head of a branch has moved. */
export type HeadAnswer = { isUnchanged: true } | { isUnchanged: false; tree: HostedTree };

/** Somebody of an organisation. */
export interface HostedPerson {
  login: string;
  id: string;
  name: string | undefined;
  email: string | undefined;
  pictureUrl: string | undefined;
}

/** A team of an organisation, or a group of groups. */
export interface HostedTeam {
  /** Unique within the organisation: a slug, or a path. */
  slug: string;
  name: string;
  description: string | undefined;
  parentSlug: string | undefined;
  /** Logins. */
  members: string[];
}

/** A list, with what is known of its completeness. */
export interface HostedList<Item> {
  items: Item[];
  /** False: what is missing is not known to be gone. */
  isComplete: boolean;
  /** Items that the host described in a way that cannot be understood. */
  skipped: number;
}

/** People and teams of an organisation. */
export interface HostedOrganisation {
  people: HostedList<HostedPerson>;
  teams: HostedList<HostedTeam>;
}

/** Which repository is meant: by its name, and by its id where the host prefers that. */
export interface RepositoryAddress {
  id: string;
  fullName: string;
}

/**
 * A Git host with an API: all that the catalog asks of GitHub or GitLab. Every method throws
 * `SourceReadError` when the host cannot be read, and `HostPausedError` when it has to be left alone.
 */
export interface HostedGit {
  /** All repositories of an organisation or group. */
  repositories(organisation: string, signal: AbortSignal): Promise<HostedList<HostedRepository>>;
  /** One repository; undefined when the host has none of that name. */
  repository(address: RepositoryAddress, signal: AbortSignal): Promise<HostedRepository | undefined>;
  /** The files at the head of a branch; one call when it still is at `knownRevision`. */
  head(
    address: RepositoryAddress,
    branch: string,
    knownRevision: string | undefined,
    signal: AbortSignal,
  ): Promise<HeadAnswer>;
  /** All files in one gzipped tar; undefined where the host offers none, or none of an acceptable size. */
  archive(address: RepositoryAddress, revision: string, signal: AbortSignal): Promise<Uint8Array | undefined>;
  blob(address: RepositoryAddress, blobId: string, signal: AbortSignal): Promise<Uint8Array>;
  organisation(organisation: string, signal: AbortSignal): Promise<HostedOrganisation>;
}

/** Budget of calls, as the last answer of a host told. */
export interface RateLimit {
  limit: number;
  remaining: number;
  resetAt: string;
}

/** What all workers know of the hosts. */
export interface HostState {
  /** Until when a host has asked to be left alone; undefined when it may be called. */
  pausedUntil(host: string): Promise<{ until: Date; reason: string } | undefined>;
  pause(host: string, until: Date, reason: string): Promise<void>;
}

/** Answers of a source's last read, for conditional requests. */
export interface AnswerMemory {
  find(request: string): Promise<{ etag: string; items: unknown } | undefined>;
  save(request: string, etag: string, items: unknown): Promise<void>;
}

/** The host is not to be called before `until`; whatever was asked for waits, and nothing is lost. */
export class HostPausedError extends Error {
  override readonly name = 'HostPausedError';
  readonly until: Date;

  constructor(message: string, until: Date) {
    super(message);
    this.until = until;
  }
}
