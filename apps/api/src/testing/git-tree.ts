import { createHash } from 'node:crypto';

/** An entry of a tree of Git. */
export interface TreeEntry {
  path: string;
  mode: string;
  type: string;
  sha: string;
  size?: number;
}

/** Entries of a tree for files, and for the folders that they are in. */
export function treeEntriesOf(files: Readonly<Record<string, string>>): TreeEntry[] {
  const folders = new Set(
    Object.keys(files).flatMap((path) => {
      const parts = path.split('/').slice(0, -1);
      return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    }),
  );
  return [
    ...[...folders].map((path) => ({ path, mode: '040000', type: 'tree', sha: gitId('tree', path) })),
    ...Object.entries(files).map(([path, text]) => ({
      ...{ path, mode: '100644', type: 'blob', sha: gitId('blob', text), size: Buffer.byteLength(text) },
    })),
  ];
}

/** The id that Git gives a content; that of a tree or a commit stands for whatever text a stand-in has for it. */
export function gitId(type: 'blob' | 'tree' | 'commit', content: string): string {
  return createHash('sha1')
    .update(`${type} ${Buffer.byteLength(content)}\0`)
    .update(content)
    .digest('hex');
}
