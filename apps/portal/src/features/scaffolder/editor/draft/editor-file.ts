import type { TemplateFile } from '@waymark/contracts';
import { z } from 'zod';

/** A file of a draft: text that can be edited, or bytes that are kept as they came. */
export const editorFileSchema = z.object({
  path: z.string(),
  content: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('binary'), base64: z.string() }),
  ]),
  isExecutable: z.boolean(),
});
export type EditorFile = z.output<typeof editorFileSchema>;

/** `String.fromCharCode` takes its letters as arguments, of which there may not be too many. */
const chunkBytes = 8192;

/** A file as the server gives it. What is no UTF-8, or holds a NUL, is not text. */
export function editorFileOf({
  path,
  base64Content,
  executable = false,
}: Pick<TemplateFile, 'path' | 'base64Content'> & { executable?: boolean | undefined }): EditorFile {
  const text = textOf(bytesOfBase64(base64Content));
  return {
    path,
    content: text === undefined ? { kind: 'binary', base64: base64Content } : { kind: 'text', text },
    isExecutable: executable,
  };
}

/** The same for the server. */
export function givenFileOf({ path, content }: EditorFile): { path: string; base64Content: string } {
  return {
    path,
    base64Content: content.kind === 'text' ? base64Of(bytesOfText(content.text)) : content.base64,
  };
}

/** What the file holds. */
export function bytesOf({ content }: EditorFile): Uint8Array<ArrayBuffer> {
  return content.kind === 'text' ? bytesOfText(content.text) : bytesOfBase64(content.base64);
}

/** How large it is, without making its bytes where it has none. */
export function sizeOf({ content }: EditorFile): number {
  if (content.kind === 'text') return bytesOfText(content.text).length;
  const padding = /={0,2}$/.exec(content.base64)?.[0].length ?? 0;
  return (content.base64.length / 4) * 3 - padding;
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    // The mark at the beginning of a file is a part of it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    binary += String.fromCharCode(...bytes.subarray(start, start + chunkBytes));
  }
  return btoa(binary);
}
