import { downloadFile } from '../../../../lib/browser/download-file.ts';
import type { Zippable } from 'fflate';
import { bytesOf, type EditorFile } from './editor-file.ts';

/** Modes of files as a zip archive keeps them, in the upper half of its attributes; 3 says that they are of Unix. */
const unix = 3;
const modes = { plain: 0o100644, executable: 0o100755 } as const;

/** Saves all files as one archive. */
export async function downloadFiles(files: readonly EditorFile[], name: string): Promise<void> {
  const { zipSync } = await import('fflate');
  const entries: Zippable = {};
  for (const file of files) {
    const attrs = (file.isExecutable ? modes.executable : modes.plain) << 16;
    entries[file.path] = [bytesOf(file), { os: unix, attrs }];
  }
  const archive = zipSync(entries);
  downloadFile(new Blob([archive], { type: 'application/zip' }), `${name}.zip`);
}
