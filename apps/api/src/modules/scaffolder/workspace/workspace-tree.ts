import {
  inTheWay,
  missing,
  theWorkspaceItself,
  tooLargeFile,
  tooLargeWorkspace,
  tooMuchWritten,
  WORKSPACE_LIMITS,
} from './workspace-error.ts';

/** A file of a workspace without its content. */
export interface WorkspaceEntry {
  path: string;
  bytes: number;
  isExecutable: boolean;
}

/** Where the bytes of a file lie: in a layer, from an offset on. */
export interface StoredFile {
  readonly layer: string;
  readonly offset: number;
  readonly bytes: number;
  readonly isExecutable: boolean;
}

type Folder = Map<string, StoredFile | Folder>;

type SavedFolder = readonly (readonly [name: string, entry: StoredFile | SavedFolder])[];
interface SavedTree {
  readonly writtenBytes: number;
  readonly root: SavedFolder;
}

/**
 * The folders and files of a workspace: names and where the bytes lie, not the bytes. Paths are those that
 * `workspacePath` gives. Folders are those that files were written to, also when the files are gone.
 */
export class WorkspaceTree {
  readonly #root: Folder;
  #entries = 0;
  #bytes = 0;
  #writtenBytes = 0;

  constructor() {
    this.#root = new Map();
  }

  /** The tree that {@link save} gave. */
  static from(saved: string): WorkspaceTree {
    const tree = new WorkspaceTree();
    const { writtenBytes, root } = JSON.parse(saved) as SavedTree; // nobody else writes layers
    restore(root, tree.#root);
    const { entries, bytes } = sizeOf(tree.#root);
    tree.#entries = entries;
    tree.#bytes = bytes;
    tree.#writtenBytes = writtenBytes;
    return tree;
  }

  save(): string {
    return JSON.stringify({
      writtenBytes: this.#writtenBytes,
      root: saved(this.#root),
    } satisfies SavedTree);
  }

  /** A tree of its own that begins as this one. */
  clone(): WorkspaceTree {
    const tree = new WorkspaceTree();
    copy(this.#root, tree.#root);
    tree.#entries = this.#entries;
    tree.#bytes = this.#bytes;
    tree.#writtenBytes = this.#writtenBytes;
    return tree;
  }

  /** Names of the layers in which files lie. */
  layers(): Set<string> {
    const names = new Set<string>();
    eachFile(this.#root, '', (file) => names.add(file.layer));
    return names;
  }

  kindOf(place: string): 'file' | 'folder' | undefined {
    const entry = this.#find(place);
    if (entry === undefined) return undefined;
    return entry instanceof Map ? 'folder' : 'file';
  }

  file(place: string): StoredFile | undefined {
    const entry = this.#find(place);
    return entry instanceof Map ? undefined : entry;
  }

  /** All files below a folder, in the order of their paths. @throws WorkspaceError when it is missing */
  list(place: string): WorkspaceEntry[] {
    const entries: WorkspaceEntry[] = [];
    eachFile(this.#demandFolder(place), place === '' ? '' : `${place}/`, ({ bytes, isExecutable }, path) =>
      entries.push({ path, bytes, isExecutable }),
    );
    return entries.sort((left, right) => (left.path < right.path ? -1 : 1));
  }

  /** Names of the files and folders directly in a folder. @throws WorkspaceError when it is missing */
  children(place: string): { files: string[]; folders: string[] } {
    const entries = [...this.#demandFolder(place)];
    const namesOf = (wanted: typeof entries) => wanted.map(([name]) => name).sort();
    return {
      files: namesOf(entries.filter(([, entry]) => !(entry instanceof Map))),
      folders: namesOf(entries.filter(([, entry]) => entry instanceof Map)),
    };
  }

  /** @throws WorkspaceError when a file of this size cannot be put there */
  demandRoom(place: string, bytes: number): void {
    if (bytes > WORKSPACE_LIMITS.maxFileBytes) throw tooLargeFile(place);
    const { existing, newFolders } = this.#look(place);
    if (existing instanceof Map) throw inTheWay(place, 'a folder');
    const newEntries = newFolders + (existing ? 0 : 1);
    const grown = bytes - (existing?.bytes ?? 0);
    const { maxEntries, maxBytes, maxWrittenBytes } = WORKSPACE_LIMITS;
    if (this.#entries + newEntries > maxEntries || this.#bytes + grown > maxBytes) throw tooLargeWorkspace();
    if (this.#writtenBytes + bytes > maxWrittenBytes) throw tooMuchWritten();
  }

  /** Puts a file in its place, with the folders that lead to it. @throws WorkspaceError */
  put(place: string, file: StoredFile): void {
    this.demandRoom(place, file.bytes);
    this.#writtenBytes += file.bytes;
    this.#attach(place, file);
  }

  /** Removes a file or folder; false when there was none. @throws WorkspaceError for the workspace itself */
  remove(place: string): boolean {
    if (place === '') throw theWorkspaceItself('removed');
    return this.#detach(place) !== undefined;
  }

  /** @throws WorkspaceError when there is nothing to move, or something is in its new place */
  move(from: string, to: string, { isOverwriting }: { isOverwriting: boolean }): void {
    if (from === '') throw theWorkspaceItself('moved');
    if (this.#find(from) === undefined) throw missing(from);
    if (to === from || to.startsWith(`${from}/`)) throw inTheWay(to, 'the thing itself');
    const { existing, newFolders } = this.#look(to);
    if (existing !== undefined && !isOverwriting) throw inTheWay(to, 'something');
    if (to === '') throw theWorkspaceItself('replaced');
    if (this.#entries + newFolders > WORKSPACE_LIMITS.maxEntries) throw tooLargeWorkspace();
    const moved = this.#detach(from);
    this.#detach(to);
    if (moved !== undefined) this.#attach(to, moved);
  }

  #find(place: string): StoredFile | Folder | undefined {
    let entry: StoredFile | Folder | undefined = this.#root;
    for (const segment of segmentsOf(place)) {
      if (!(entry instanceof Map)) return undefined;
      entry = entry.get(segment);
    }
    return entry;
  }

  /** What is in a place, and how many folders are missing on the way. @throws WorkspaceError when a file is in the way */
  #look(place: string): { existing: StoredFile | Folder | undefined; newFolders: number } {
    const segments = segmentsOf(place);
    let entry: StoredFile | Folder | undefined = this.#root;
    for (const [index, segment] of segments.entries()) {
      if (!(entry instanceof Map)) throw inTheWay(segments.slice(0, index).join('/'), 'a file');
      entry = entry.get(segment);
      if (entry === undefined) return { existing: undefined, newFolders: segments.length - 1 - index };
    }
    return { existing: entry, newFolders: 0 };
  }

  #demandFolder(place: string): Folder {
    const entry = this.#find(place);
    if (!(entry instanceof Map)) throw missing(place);
    return entry;
  }

  #attach(place: string, added: StoredFile | Folder): void {
    const segments = segmentsOf(place);
    const name = segments.pop() ?? '';
    let folder = this.#root;
    for (const segment of segments) {
      let next = folder.get(segment);
      if (!(next instanceof Map)) {
        next = new Map();
        folder.set(segment, next);
        this.#entries += 1;
      }
      folder = next;
    }
    this.#count(folder.get(name), -1);
    folder.set(name, added);
    this.#count(added, 1);
  }

  #detach(place: string): StoredFile | Folder | undefined {
    const end = place.lastIndexOf('/');
    const folder = this.#find(place.slice(0, Math.max(end, 0)));
    if (!(folder instanceof Map)) return undefined;
    const name = place.slice(end + 1);
    const entry = folder.get(name);
    if (entry === undefined) return undefined;
    folder.delete(name);
    this.#count(entry, -1);
    return entry;
  }

  #count(entry: StoredFile | Folder | undefined, times: 1 | -1): void {
    if (entry === undefined) return;
    const { entries, bytes } = entry instanceof Map ? sizeOf(entry) : { entries: 0, bytes: entry.bytes };
    this.#entries += times * (entries + 1);
    this.#bytes += times * bytes;
  }
}

function segmentsOf(place: string): string[] {
  return place === '' ? [] : place.split('/');
}

function eachFile(folder: Folder, prefix: string, tell: (file: StoredFile, path: string) => void): void {
  for (const [name, entry] of folder) {
    if (entry instanceof Map) eachFile(entry, `${prefix}${name}/`, tell);
    else tell(entry, prefix + name);
  }
}

/** Of what is in a folder. */
function sizeOf(folder: Folder): { entries: number; bytes: number } {
  let [entries, bytes] = [0, 0];
  for (const entry of folder.values()) {
    const inner = entry instanceof Map ? sizeOf(entry) : { entries: 0, bytes: entry.bytes };
    entries += inner.entries + 1;
    bytes += inner.bytes;
  }
  return { entries, bytes };
}

function copy(from: Folder, to: Folder): void {
  for (const [name, entry] of from) {
    if (!(entry instanceof Map)) {
      to.set(name, entry);
      continue;
    }
    const folder: Folder = new Map();
    copy(entry, folder);
    to.set(name, folder);
  }
}

function saved(folder: Folder): SavedFolder {
  return [...folder].map(([name, entry]) => [name, entry instanceof Map ? saved(entry) : entry]);
}

function restore(entries: SavedFolder, folder: Folder): void {
  for (const [name, entry] of entries) {
    if ('layer' in entry) {
      folder.set(name, entry);
      continue;
    }
    const inner: Folder = new Map();
    restore(entry, inner);
    folder.set(name, inner);
  }
}
