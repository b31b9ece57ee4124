import { Layer } from './layer.ts';
import { makeScratchFolder } from './scratch-folder.ts';
import { Workspace } from './workspace.ts';
import { WorkspaceTree } from './workspace-tree.ts';

/** An empty workspace of no run; what it cannot keep in memory goes to a file of the folder. */
export function emptyWorkspace(directory: string): { workspace: Workspace; layer: Layer } {
  const layer = Layer.begin(directory, 'scratch');
  return { layer, workspace: new Workspace(new WorkspaceTree(), new Map(), layer) };
}

/** A workspace that goes, with all that was written to it, when it is disposed of. */
export interface ScratchWorkspace extends AsyncDisposable {
  readonly workspace: Workspace;
}

/** Makes an empty workspace of no run. */
export async function makeScratchWorkspace(purpose: string): Promise<ScratchWorkspace> {
  const folder = await makeScratchFolder(purpose);
  const { workspace, layer } = emptyWorkspace(folder.directory);
  return {
    workspace,
    async [Symbol.asyncDispose]() {
      await layer.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
