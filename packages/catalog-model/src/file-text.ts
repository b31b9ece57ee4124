import type { DescriptorProblem } from './problem.ts';

/** The text of a file, or why it has none. */
export type FileText =
  { text: string; problem?: undefined } | { text?: undefined; problem: DescriptorProblem };

const byteOrderMark = '\uFEFF';

/**
 * Reads the bytes of a file as UTF-8, with or without byte order mark, or takes a text as it is. Refuses files over
 * `maxBytes`, other encodings, and text with NUL characters or broken surrogates.
 */
export function readFileText(file: string | Uint8Array, maxBytes: number): FileText {
  const size = typeof file === 'string' ? utf8Length(file) : file.byteLength;
  if (size > maxBytes) return { problem: fileTooLarge(size, maxBytes) };
  const text = typeof file === 'string' ? file : decode(file);
  if (text === undefined) return { problem: notText(file) };
  if (text.includes('\0') || !text.isWellFormed()) return { problem: notText(text) };
  return { text: text.startsWith(byteOrderMark) ? text.slice(1) : text };
}

/** The number of bytes that a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // A surrogate pair takes four bytes for its two units, any other unit over 0x7ff three.
    length += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return length;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function notText(file: string | Uint8Array): DescriptorProblem {
  const isUtf16 =
    typeof file !== 'string' &&
    ((file[0] === 0xff && file[1] === 0xfe) || (file[0] === 0xfe && file[1] === 0xff));
  return {
    level: 'error',
    code: 'file.not-text',
    message: isUtf16 ? 'The file is UTF-16, not UTF-8.' : 'The file is not valid UTF-8 text.',
    hint: 'Save the file as UTF-8, or leave it out of the catalog if it is not a descriptor.',
    line: isUtf16 ? 1 : firstBadLine(file),
  };
}

/** The line of the first NUL, broken surrogate, or byte that does not decode. */
function firstBadLine(file: string | Uint8Array): number {
  const text = typeof file === 'string' ? file : new TextDecoder().decode(file);
  const bad = /[\0\uFFFD]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(text);
  return text.slice(0, bad?.index ?? 0).split('\n').length;
}

function fileTooLarge(bytes: number, maxBytes: number): DescriptorProblem {
  return {
    level: 'error',
    code: 'file.too-large',
    message: `The file has ${bytes} bytes; at most ${maxBytes} are read.`,
    hint: 'Split it into several files, or raise catalog.limits.maxFileBytes in the configuration.',
    line: 1,
  };
}
