/** One entry of a commit's tree. */
export interface TreeEntry {
  mode: string;
  type: string;
  blobId: string;
  bytes: number;
  path: string;
}

/** Takes the output of `git ls-tree -r -z -l` apart. */
export function parseTree(output: Buffer): TreeEntry[] {
  const lines = output.toString('utf8').split('\0');
  return lines.filter((line) => line !== '').map(parseTreeLine);
}

function parseTreeLine(line: string): TreeEntry {
  const tab = line.indexOf('\t');
  const [mode = '', type = '', blobId = '', bytes = ''] = line.slice(0, tab).split(/\s+/);
  return { mode, type, blobId, bytes: Number(bytes) || 0, path: line.slice(tab + 1) };
}
