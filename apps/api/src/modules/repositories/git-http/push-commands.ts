import type { Readable } from 'node:stream';
import { AppError } from '../../../platform/errors/app-error.ts';

/** One ref that a push wants to create, move or delete. */
export interface PushCommand {
  oldId: string;
  newId: string;
  ref: string;
}

/** The beginning of a push, up to its pack. */
export interface PushHead {
  commands: PushCommand[];
  /** The bytes that were read, some of which may belong to the pack already. */
  bytes: Buffer;
}

const FLUSH = '0000';
const LENGTH_DIGITS = 4;
/** Some thousands of refs at once; more come in another push. */
const MAX_HEAD_BYTES = 1024 * 1024;
const COMMAND = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([^\0\n]+)(\0[^\n]*)?\n?$/;
const SHALLOW = /^shallow [0-9a-f]{40,64}\n?$/;

/**
 * Reads which refs a push is about, and leaves the rest of the body in the stream. What git would understand and this
 * does not, such as a signed push, is refused: rules for a branch must see every command.
 *
 * @throws AppError `request.refused`
 */
export async function readPushHead(body: Readable): Promise<PushHead> {
  let bytes = Buffer.alloc(0);
  // A stream without an encoding gives buffers.
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    const commands = parseCommands(bytes);
    if (commands) return { commands, bytes };
    if (bytes.length > MAX_HEAD_BYTES) {
      throw refused('The push names too many refs at once. Push them in several steps.');
    }
  }
  throw refused('The push ends before it has said what it is about.');
}

/** Undefined while the list has not ended. */
function parseCommands(bytes: Buffer): PushCommand[] | undefined {
  const commands: PushCommand[] = [];
  let position = 0;
  while (position + LENGTH_DIGITS <= bytes.length) {
    const digits = bytes.toString('latin1', position, position + LENGTH_DIGITS);
    if (digits === FLUSH) return commands;
    const length = /^[0-9a-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : 0;
    if (length <= LENGTH_DIGITS) throw refused('The push is not what git sends.');
    if (position + length > bytes.length) return undefined;
    const line = bytes.toString('utf8', position + LENGTH_DIGITS, position + length);
    const [, oldId, newId, ref] = COMMAND.exec(line) ?? [];
    if (oldId !== undefined && newId !== undefined && ref !== undefined) commands.push({ oldId, newId, ref });
    else if (!SHALLOW.test(line))
      throw refused('The push has a form that is not known here. Push without a signature (--no-signed).');
    position += length;
  }
  return undefined;
}

function refused(detail: string): AppError {
  return new AppError('request.refused', detail);
}
