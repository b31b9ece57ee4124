import Anser from 'anser';

/** Colours that the log has; what a program asks for beside them is shown in the nearest of them. */
export const logColours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
export type LogColour = (typeof logColours)[number];

/** A part of a line that looks the same from its first to its last letter. */
export interface LogPiece {
  text: string;
  colour?: LogColour;
  /** Bold, dim, italic, underline, strikethrough, reverse. */
  marks: string;
}

/** Every sequence but those of colour: `ESC ]…`, other `ESC [`, single ones; and what a terminal would not draw. */
const otherSequences =
  /\u001B[\]PX^_][^\u0007\u001B]*(?:\u0007|\u001B\\)?|\u001B\[[0-?]*[ -/]*[@-ln-~]|\u001B[ -/]*[0-Z\\^-~]|[\u0000-\u0008\u000B-\u001A\u001C-\u001F\u007F-\u009F]/g;
const colourSequences = /\u001B\[[\d;:]*m/g;
const reset = /^\u001B\[0*m$/;
/** A program that sets colours and never gives them back holds no more than this. */
const maxCarriedLength = 200;

/** Text of one line as it was printed. A carriage return goes back: what came after it is what one saw. */
export interface PaintedLine {
  text: string;
  /** Undefined for a line in one colour: the usual one. */
  pieces: LogPiece[] | undefined;
  /** The colours that the next line begins with. */
  carried: string;
}

/** Reads the colours of a line, given those that the line before it left on. Nothing of it is ever HTML. */
export function paintLine(raw: string, carried: string): PaintedLine {
  const shown = afterReturns(raw);
  if (carried === '' && !needsReading(shown)) return { text: shown, pieces: undefined, carried };
  const clean = (carried + shown).replace(otherSequences, '');
  const entries = Anser.ansiToJson(clean, { json: true, use_classes: true, remove_empty: true });
  const pieces = entries.map(pieceOf);
  const isPlain = pieces.every(({ colour, marks }) => colour === undefined && marks === '');
  return {
    text: pieces.map(({ text }) => text).join(''),
    pieces: isPlain ? undefined : pieces,
    carried: carriedAfter(clean),
  };
}

function needsReading(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 9) || (code >= 127 && code < 160)) return true;
  }
  return false;
}

function afterReturns(raw: string): string {
  const trimmed = raw.replace(/\r+$/, '');
  return trimmed.slice(trimmed.lastIndexOf('\r') + 1);
}

function carriedAfter(text: string): string {
  const sequences = text.match(colourSequences) ?? [];
  const lastReset = sequences.findLastIndex((sequence) => reset.test(sequence));
  const open = sequences.slice(lastReset + 1).join('');
  return open.length > maxCarriedLength ? '' : open;
}

function pieceOf({ content, fg, fg_truecolor, decorations }: Anser.AnserJsonEntry): LogPiece {
  const colour = colourOf(fg, fg_truecolor);
  const marks = [...new Set(decorations)].filter((mark) => mark !== 'blink' && mark !== 'hidden').join(' ');
  return { text: content, ...(colour && { colour }), marks };
}

/** Anser names the sixteen colours; the others come as a number of its palette or as red, green and blue. */
function colourOf(name: string | null, components: string | null): LogColour | undefined {
  if (!name) return undefined;
  const known = logColours.find((colour) => name === `ansi-${colour}` || name === `ansi-bright-${colour}`);
  if (known) return known;
  const palette = /^ansi-palette-(\d+)$/.exec(name)?.[1];
  if (palette !== undefined) return nearest(...componentsOf(Number(palette)));
  const [red = 0, green = 0, blue = 0] = (components ?? '').split(',').map(Number);
  return nearest(red, green, blue);
}

/** Of the cube of six by six by six, and of the greys after it. */
function componentsOf(index: number): [red: number, green: number, blue: number] {
  if (index >= 232) return [index, index, index];
  const level = (step: number) => Math.floor((index - 16) / step) % 6;
  return [level(36), level(6), level(1)];
}

/** The colour whose parts are those that stand out; a grey is the ordinary colour of text. */
function nearest(red: number, green: number, blue: number): LogColour | undefined {
  const strongest = Math.max(red, green, blue);
  const weakest = Math.min(red, green, blue);
  if (strongest - weakest < strongest / 4) return undefined;
  const middle = (strongest + weakest) / 2;
  const bits = Number(red > middle) + 2 * Number(green > middle) + 4 * Number(blue > middle);
  return logColours[bits];
}
