import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { linkFolder, Workspace } from './workspace.ts';

/** Folder of the workspaces of all runs. */
const FOLDER = 'workspaces';
/** Looked through in one go. */
const MAX_LISTED = 10_000;

/** Ids of the runs that have a workspace on this machine. */
export async function runsWithWorkspace(home: string): Promise<string[]> {
  const names = await readdir(path.join(home, FOLDER)).catch(() => []); // no run has made one
  return names.slice(0, MAX_LISTED);
}

/**
 * The workspaces of one run: for each step that changed it, the folder as it was after that step. A step that is
 * broken off leaves nothing behind, so it can begin again on what the step before it left.
 */
export class WorkspaceVersions {
  readonly #root: string;

  constructor(home: string, taskId: string) {
    this.#root = path.join(home, FOLDER, taskId);
  }

  /** Whether the folder after a step is there: another machine may have made it. */
  async has(step: number): Promise<boolean> {
    if (step === 0) return true;
    return (await stat(this.#place(step)).catch(() => undefined))?.isDirectory() ?? false; // missing is an answer
  }

  /** The folder after a step, to be read. Before the first step it is empty. */
  async open(step: number): Promise<Workspace> {
    if (step === 0) await mkdir(this.#place(0), { recursive: true });
    return new Workspace(this.#place(step));
  }

  /** A folder of its own for a step, that begins as the one after `current`. */
  async fork(current: number, step: number): Promise<Workspace> {
    const draft = this.#draft(step);
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    if (current > 0) await linkFolder(this.#place(current), draft);
    return new Workspace(draft);
  }

  /** Makes the draft of a step the folder after that step. */
  async keep(step: number): Promise<void> {
    await rm(this.#place(step), { recursive: true, force: true });
    await rename(this.#draft(step), this.#place(step));
  }

  async discardDraft(step: number): Promise<void> {
    await rm(this.#draft(step), { recursive: true, force: true });
  }

  /** Removes what no step can need any more. */
  async forgetBefore(step: number): Promise<void> {
    const names = await readdir(this.#root).catch(() => []); // nothing was made
    const old = names.filter((name) => Number.parseInt(name, 10) < step);
    await Promise.all(old.map((name) => rm(path.join(this.#root, name), { recursive: true, force: true })));
  }

  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  #place(step: number): string {
    return path.join(this.#root, String(step));
  }

  #draft(step: number): string {
    return path.join(this.#root, `${step}.draft`);
  }
}
