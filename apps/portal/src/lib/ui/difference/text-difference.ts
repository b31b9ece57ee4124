import { createTwoFilesPatch } from 'diff';
import { parseDiff, type HunkData } from 'react-diff-view';

const contextLines = 4;
/** Two texts that differ everywhere take time in the square of their length; beyond this they are shown side by side only. */
const maxEdits = 20_000;
const timeoutMs = 2_000;

/** Lines that tell two texts apart. */
export interface TextDifference {
  hunks: HunkData[];
  added: number;
  removed: number;
}

/** The difference of two texts by lines; undefined where they are too different to be compared. */
export function textDifference(older: string, newer: string): TextDifference | undefined {
  const patch = createTwoFilesPatch('text', 'text', ended(older), ended(newer), undefined, undefined, {
    context: contextLines,
    maxEditLength: maxEdits,
    timeout: timeoutMs,
  });
  if (patch === undefined) return undefined;
  // The reader of patches only accepts what Git writes.
  const [file] = parseDiff(`diff --git a/text b/text\n${patch.replace(/^=+\n/, '')}`);
  const hunks = file?.hunks ?? [];
  const changes = hunks.flatMap((hunk) => hunk.changes);
  return {
    hunks,
    added: changes.filter(({ type }) => type === 'insert').length,
    removed: changes.filter(({ type }) => type === 'delete').length,
  };
}

/** A missing line end at the end of a file is no change worth a line. */
function ended(text: string): string {
  const unix = text.replaceAll('\r\n', '\n');
  return unix === '' || unix.endsWith('\n') ? unix : `${unix}\n`;
}
