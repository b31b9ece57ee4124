import type { PreviewFile } from '@waymark/contracts';
import type { FileMark } from '../files/FileTree.tsx';

type Change = PreviewFile['change'];

const marks: Record<Exclude<Change, 'unchanged'>, FileMark> = {
  added: { sign: '+', words: 'added', tone: 'good' },
  changed: { sign: '±', words: 'changed', tone: 'warning' },
  removed: { sign: '−', words: 'removed', tone: 'bad' },
};
const order: readonly Change[] = ['added', 'changed', 'removed', 'unchanged'];

/** A sign for each file that does not stay as it is. */
export function marksOf(files: readonly PreviewFile[]): ReadonlyMap<string, FileMark> {
  return new Map(
    files.flatMap(({ path, change }) => (change === 'unchanged' ? [] : [[path, marks[change]] as const])),
  );
}

/** How many files of each change: `2 added, 1 changed`. */
export function changeCounts(files: readonly PreviewFile[]): string {
  const counts = order.map(
    (change) => [files.filter((file) => file.change === change).length, change] as const,
  );
  const words = counts.filter(([count]) => count > 0).map(([count, change]) => `${count} ${change}`);
  return words.length === 0 ? 'nothing changes' : words.join(', ');
}
