import { isUtf8 } from 'node:buffer';
import type { JsonValue } from '../../engine/json.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { ActionFailure } from '../action.ts';

/** Of a text that a step works on. */
export const MAX_TEXT_BYTES = 4 * 1024 * 1024;
/** Of JSON that a step may hand on to later ones. */
const MAX_HANDED_ON_BYTES = 256 * 1024;

/** The text of a file of the workspace. @throws ActionFailure for a file that is too large or no text */
export async function readText(workspace: Workspace, file: string): Promise<string> {
  const bytes = await workspace.read(file);
  if (bytes.length > MAX_TEXT_BYTES) {
    throw new ActionFailure(
      `${file} has more than ${MAX_TEXT_BYTES / 1024 / 1024} MiB.`,
      'Steps work on shorter texts only.',
    );
  }
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw new ActionFailure(`${file} is no text in UTF-8.`, 'Leave it out, or convert it.');
}

/** Writes a text in the place of a file that may be there, and leaves that executable if it was. */
export async function writeText(workspace: Workspace, file: string, text: string): Promise<void> {
  await workspace.write(file, Buffer.from(text), { isExecutable: workspace.isExecutable(file) });
}

/** A value for later steps, unless it is too large for that. @throws ActionFailure */
export function handOn<Value extends JsonValue | undefined>(value: Value): Value {
  const bytes = value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
  if (bytes <= MAX_HANDED_ON_BYTES) return value;
  throw new ActionFailure(
    `The result has more than ${MAX_HANDED_ON_BYTES / 1024} KiB.`,
    'Only short results can be handed to later steps: choose less of the data.',
  );
}
