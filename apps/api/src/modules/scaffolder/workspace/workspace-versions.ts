import { access, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { contentsOf, Layer } from './layer.ts';
import { Workspace } from './workspace.ts';
import { WorkspaceTree } from './workspace-tree.ts';

/** Folder of the workspaces of all runs. */
const FOLDER = 'workspaces';
/** Looked through in one go. */
const MAX_LISTED = 10_000;

/** Ids of the runs that have a workspace on this machine. */
export async function runsWithWorkspace(home: string): Promise<string[]> {
  const names = await readdir(path.join(home, FOLDER)).catch(() => []); // no run has made one
  return names.slice(0, MAX_LISTED);
}

/** Removes the workspace of a run. */
export async function removeWorkspace(home: string, taskId: string): Promise<void> {
  await rm(path.join(home, FOLDER, taskId), { recursive: true, force: true });
}

/**
 * The workspaces of one run: for each step that changed it, a layer with what the step has written and the contents as
 * they were after it. A step that is broken off leaves nothing that counts, so it can begin again on what the step
 * before it left. Two workers that both believe to hold the run write to layers of different names.
 */
export class WorkspaceVersions {
  readonly #home: string;
  readonly #taskId: string;
  readonly #attempt: number;
  readonly #layers = new Map<string, Layer>();
  #current: { tree: WorkspaceTree; layer?: Layer } = { tree: new WorkspaceTree() };
  #draft: { tree: WorkspaceTree; layer: Layer } | undefined;

  /** @param attempt number of the worker's hold on the run */
  constructor(home: string, taskId: string, attempt: number) {
    this.#home = home;
    this.#taskId = taskId;
    this.#attempt = attempt;
  }

  /** Goes on from the workspace after a step; false when it is not there: another machine may have made it. */
  async resume(step: number): Promise<boolean> {
    if (step === 0) return true;
    const name = await this.#newest(step);
    const contents = name === undefined ? undefined : await contentsOf(this.#root, name);
    if (name === undefined || contents === undefined) return false;
    const tree = WorkspaceTree.from(contents);
    const names = [...tree.layers().add(name)];
    for (const layer of names) {
      const isThere = await access(path.join(this.#root, layer)).then(
        () => true,
        () => false,
      );
      if (!isThere) return false;
    }
    for (const layer of names) this.#layers.set(layer, Layer.of(this.#root, layer));
    this.#current = { tree, layer: this.#layer(name) };
    return true;
  }

  /** The workspace as it is, to be read. */
  open(): Workspace {
    return new Workspace(this.#current.tree, this.#layers);
  }

  /** A workspace for a step that changes it, which begins as the one that is. */
  fork(step: number): Workspace {
    const layer = Layer.begin(this.#root, `${step}-${this.#attempt}`);
    this.#draft = { layer, tree: this.#current.tree.clone() };
    return new Workspace(this.#draft.tree, this.#layers, layer);
  }

  /** Makes the draft of a step the workspace that is, also for whoever comes after this worker. */
  async keep(): Promise<void> {
    if (!this.#draft) return;
    const { tree, layer } = this.#draft;
    await layer.seal(tree.save());
    this.#layers.set(layer.name, layer);
    this.#current = this.#draft;
    this.#draft = undefined;
  }

  async discardDraft(): Promise<void> {
    const draft = this.#draft;
    this.#draft = undefined;
    await draft?.layer.remove();
  }

  /** Removes the layers that no later step can need. */
  async forgetOlder(): Promise<void> {
    const needed = this.#current.tree.layers();
    for (const [name, layer] of this.#layers) {
      if (layer === this.#current.layer || needed.has(name)) continue;
      this.#layers.delete(name);
      await layer.remove();
    }
  }

  /** Removes everything. */
  async remove(): Promise<void> {
    await this.close();
    await removeWorkspace(this.#home, this.#taskId);
  }

  /** Lets go of all files, which stay. */
  async close(): Promise<void> {
    const layers = [...this.#layers.values(), ...(this.#draft ? [this.#draft.layer] : [])];
    await Promise.all(layers.map((layer) => layer.close()));
  }

  get #root(): string {
    return path.join(this.#home, FOLDER, this.#taskId);
  }

  #layer(name: string): Layer {
    const layer = this.#layers.get(name) ?? Layer.of(this.#root, name);
    this.#layers.set(name, layer);
    return layer;
  }

  /** Of the layers of a step that several workers made, the one of the last: the others had lost the run. */
  async #newest(step: number): Promise<string | undefined> {
    const names = await readdir(this.#root).catch(() => []); // nothing was made
    const attempts = names.flatMap((name) => {
      const [, ofStep, attempt] = /^(\d+)-(\d+)$/.exec(name) ?? [];
      return Number(ofStep) === step ? [Number(attempt)] : [];
    });
    return attempts.length === 0 ? undefined : `${step}-${Math.max(...attempts)}`;
  }
}
