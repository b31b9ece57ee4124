import { SourceReadError } from './source-reader.ts';

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

/** Takes `git cat-file --batch` output apart: a header line with the size, the content, a line break. */
export function splitBatch(output: Buffer, count: number): Buffer[] {
  const blobs: Buffer[] = [];
  let position = 0;
  while (blobs.length < count) {
    const lineEnd = output.indexOf(0x0a, position);
    const header = output.subarray(position, lineEnd).toString('utf8');
    const size = Number(header.split(' ')[2]);
    if (lineEnd < 0 || !Number.isInteger(size)) {
      throw new SourceReadError(
        'git.failed',
        `git cannot give a file of its own tree (${header}).`,
        'Refresh the source: its mirror is made anew.',
      );
    }
    blobs.push(output.subarray(lineEnd + 1, lineEnd + 1 + size));
    position = lineEnd + 1 + size + 1;
  }
  return blobs;
}
