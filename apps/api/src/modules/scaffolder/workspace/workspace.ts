import type { Layer } from './layer.ts';
import { missing } from './workspace-error.ts';
import { WorkspacePathError, workspacePath } from './workspace-path.ts';
import type { WorkspaceEntry, WorkspaceTree } from './workspace-tree.ts';

/** How a file is written. */
export interface WriteOptions {
  isExecutable?: boolean;
  /** What is there already stays. */
  isKeeping?: boolean;
}

/**
 * The files that the steps of a run work on. Actions reach them through this class alone, by paths that
 * {@link workspacePath} has judged: names of files are never names on the disk, so no link, no letter case and no special
 * name leads anywhere else.
 */
export class Workspace {
  readonly #tree: WorkspaceTree;
  readonly #layers: Map<string, Layer>;
  readonly #draft: Layer | undefined;

  /**
   * @param layers that the files of the tree lie in
   * @param draft takes what is written; without it the workspace can only be read
   */
  constructor(tree: WorkspaceTree, layers: Map<string, Layer>, draft?: Layer) {
    this.#tree = tree;
    this.#layers = layers;
    this.#draft = draft;
  }

  /** All files below a folder, in the order of their paths. @throws WorkspaceError when it is missing */
  list(folder = ''): WorkspaceEntry[] {
    return this.#tree.list(workspacePath(folder));
  }

  /** Files and folders directly in a folder. @throws WorkspaceError when it is missing */
  children(folder: string): { files: string[]; folders: string[] } {
    return this.#tree.children(workspacePath(folder));
  }

  /** What stands at a path. */
  kindOf(file: string): 'file' | 'folder' | undefined {
    return this.#tree.kindOf(workspacePath(file));
  }

  /** Whether there is a file at a path that may be run as a program. */
  isExecutable(file: string): boolean {
    return this.#tree.file(workspacePath(file))?.isExecutable ?? false;
  }

  /** @throws WorkspaceError when there is no such file */
  async read(file: string): Promise<Buffer> {
    const stored = this.#tree.file(workspacePath(file));
    if (!stored) throw missing(file);
    return this.#layerOf(stored.layer).read(stored.offset, stored.bytes);
  }

  /**
   * Writes a file with the folders that lead to it, in the place of one that was there. Of two that are written to one
   * place, the later call counts, however long each takes.
   *
   * @param bytes which nobody may change before the call resolves
   * @returns false when something is there that `isKeeping` lets stay
   */
  async write(
    file: string,
    bytes: Uint8Array,
    { isExecutable = false, isKeeping = false }: WriteOptions = {},
  ): Promise<boolean> {
    const draft = this.#demandDraft();
    const place = workspacePath(file);
    if (place === '') throw new WorkspacePathError(`${JSON.stringify(file)} names no file.`);
    if (isKeeping && this.#tree.kindOf(place) !== undefined) return false;
    this.#tree.demandRoom(place, bytes.length);
    const { offset, written } = draft.append(bytes);
    this.#tree.put(place, { layer: draft.name, offset, bytes: bytes.length, isExecutable });
    await written;
    return true;
  }

  /** Removes a file or folder; false when there was none. */
  remove(file: string): boolean {
    this.#demandDraft();
    return this.#tree.remove(workspacePath(file));
  }

  /** Moves a file or folder. @throws WorkspaceError when it is missing, or something is in its new place */
  move(from: string, to: string, { isOverwriting = false } = {}): void {
    this.#demandDraft();
    this.#tree.move(workspacePath(from), workspacePath(to), { isOverwriting });
  }

  #demandDraft(): Layer {
    if (!this.#draft) throw new Error('The action says that it only reads the workspace.');
    return this.#draft;
  }

  #layerOf(name: string): Layer {
    const layer = name === this.#draft?.name ? this.#draft : this.#layers.get(name);
    if (!layer) throw new Error(`The workspace has no layer ${name}.`);
    return layer;
  }
}
