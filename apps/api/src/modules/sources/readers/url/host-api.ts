/** A branch, tag or commit of a repository. */
export interface RepositoryRef {
  repository: string;
  ref: string;
}

/** A file of a repository at a ref. */
export interface RepositoryFile extends RepositoryRef {
  path: string;
}

/** One file in the tree of a ref. */
export interface HostTreeEntry {
  path: string;
  blobId: string;
}

/** A tree, or a sign that the host gives it only in part: then the archive has it. */
export type HostTree =
  { state: 'read'; entries: HostTreeEntry[] } | { state: 'missing' } | { state: 'truncated' };

/** What is asked of the API of a host of repositories. */
export interface HostApi {
  /** The bytes of a file as the host stores it. 304 when `etag` still holds, 404 when it is not there. */
  openFile(file: RepositoryFile, etag: string | undefined, signal: AbortSignal): Promise<Response>;
  /** All files of a ref. */
  readTree(at: RepositoryRef, signal: AbortSignal): Promise<HostTree>;
  /** The commit that a branch, tag or commit stands for now, or undefined when it is not there. */
  commitOf(at: RepositoryRef, signal: AbortSignal): Promise<string | undefined>;
  /** A gzipped tar file of a ref, whose paths begin with one folder of the host's own naming. */
  openArchive(at: RepositoryRef, signal: AbortSignal): Promise<Response>;
  /** What the host says of a repository, or undefined when it is not there. */
  describe(repository: string, signal: AbortSignal): Promise<RepositoryDescription | undefined>;
}

/** What a host says of a repository, as far as a descriptor can be made from it. */
export interface RepositoryDescription {
  name: string;
  description: string | undefined;
  defaultBranch: string;
  language: string | undefined;
  isArchived: boolean;
}
