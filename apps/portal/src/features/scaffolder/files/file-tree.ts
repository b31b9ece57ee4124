/** A file or folder of a tree. */
export interface TreeNode {
  /** Path of a file; that of a folder ends with `/`, and the root is `/`. */
  id: string;
  name: string;
  isFolder: boolean;
  /** Ids, folders first. */
  children: string[];
}

/** Id of the folder that everything lies in. */
export const rootId = '/';

/** The folders and files that paths name, by id. */
export function treeOf(paths: readonly string[]): ReadonlyMap<string, TreeNode> {
  const nodes = new Map<string, TreeNode>();
  nodes.set(rootId, { id: rootId, name: '', isFolder: true, children: [] });
  for (const path of paths) {
    const segments = path.split('/');
    let parent = rootId;
    segments.forEach((name, index) => {
      const isFolder = index < segments.length - 1;
      const id = segments.slice(0, index + 1).join('/') + (isFolder ? '/' : '');
      if (!nodes.has(id)) {
        nodes.set(id, { id, name, isFolder, children: [] });
        nodes.get(parent)?.children.push(id);
      }
      parent = id;
    });
  }
  for (const { children } of nodes.values()) children.sort(foldersFirst);
  return nodes;
}

/** All folders: small trees are shown open. */
export function folderIds(nodes: ReadonlyMap<string, TreeNode>): string[] {
  return [...nodes.values()].filter(({ isFolder }) => isFolder).map(({ id }) => id);
}

/** The folders that a file lies in, from the outermost on. */
export function foldersAround(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => `${segments.slice(0, index + 1).join('/')}/`);
}

function foldersFirst(left: string, right: string): number {
  const difference = Number(right.endsWith('/')) - Number(left.endsWith('/'));
  return difference === 0 ? left.localeCompare(right) : difference;
}
