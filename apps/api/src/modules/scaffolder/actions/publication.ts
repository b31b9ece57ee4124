/** A file as it is published. */
export interface PublishedFile {
  /** In the repository. */
  path: string;
  bytes: Buffer;
  isExecutable: boolean;
}

/** What an action takes out of the workspace, and where to, as far as it can be told before it does so. */
export interface Publication {
  /** Where the files go, for people: `acme/shop on github.com`. */
  title: string;
  files: readonly PublishedFile[];
  /** Of a place that exists already. */
  existing?: ExistingPlace;
}

/** A place that exists already, and is changed. */
export interface ExistingPlace {
  /** Git's id of the content of each file, by path. */
  blobs: ReadonlyMap<string, string>;
  read: (blob: string) => Promise<Buffer>;
  /** Paths that are taken away. */
  removed: readonly string[];
}

/** The text of a file; undefined when its bytes are none. */
export function textOf(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return text.includes('\0') || !Buffer.from(text, 'utf8').equals(bytes) ? undefined : text;
}
