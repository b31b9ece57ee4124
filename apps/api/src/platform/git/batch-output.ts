/** A git object with what it holds. */
export interface GitContent {
  id: string;
  type: string;
  content: Buffer;
}

const LINE_BREAK = 0x0a;
const HEADER = /^([0-9a-f]{40,64}) (\w+) (\d+)$/;

/**
 * Takes the output of `git cat-file --batch` apart: for each name that was asked for a line with id, type and size, the
 * content and a line break; undefined where git says in one line that there is nothing of the name. What a killed git
 * did not get out is left out.
 */
export function splitBatch(output: Buffer): (GitContent | undefined)[] {
  const objects: (GitContent | undefined)[] = [];
  let position = 0;
  while (position < output.length) {
    const lineEnd = output.indexOf(LINE_BREAK, position);
    if (lineEnd < 0) break;
    const [, id, type, size] = HEADER.exec(output.toString('utf8', position, lineEnd)) ?? [];
    position = lineEnd + 1;
    if (id === undefined || type === undefined) {
      objects.push(undefined);
      continue;
    }
    const end = position + Number(size);
    if (end >= output.length) break;
    objects.push({ id, type, content: output.subarray(position, end) });
    position = end + 1;
  }
  return objects;
}
