import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { ZipFile } from 'yazl';
import { workspacePath } from '../../workspace/workspace-path.ts';
import { WORKSPACE_LIMITS } from '../../workspace/workspace-error.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { ActionFailure, defineAction, type ScaffolderAction } from '../action.ts';
import { path } from './action-input.ts';

/** Of all files of an archive together, before they are compressed. */
const MAX_ARCHIVE_BYTES = WORKSPACE_LIMITS.maxFileBytes;
const FILE_MODE = 0o100644;
const EXECUTABLE_MODE = 0o100755;

/** Makes archives. */
export const zipAction: ScaffolderAction = defineAction({
  id: 'roadiehq:utils:zip',
  description: 'Puts a file or a folder of the workspace into a ZIP archive.',
  input: z.object({
    path: z.string().max(1_000).describe('A file or folder of the workspace'),
    outputPath: path.describe('The archive'),
  }),
  output: z.object({ outputPath: z.string(), path: z.string() }),
  examples: [
    {
      description: 'Archive a folder',
      example: 'action: roadiehq:utils:zip\ninput:\n  path: ./service\n  outputPath: service.zip\n',
    },
  ],
  workspace: 'write',
  async run({ path: source, outputPath }, { workspace, log, signal, startedAt }) {
    const files = filesOf(source, workspacePath(outputPath), workspace);
    const archive = new ZipFile();
    for (const { name, place, isExecutable } of files) {
      signal.throwIfAborted();
      // The same files give the same archive at every try.
      archive.addBuffer(await workspace.read(place), name, {
        mtime: startedAt,
        mode: isExecutable ? EXECUTABLE_MODE : FILE_MODE,
      });
    }
    archive.end();
    await workspace.write(outputPath, await buffer(archive.outputStream));
    log.info(`Archived ${files.length} files of ${source} in ${outputPath}`);
    return { outputPath, path: outputPath };
  },
});

/** Files with their names in the archive: those of a folder as seen from it. */
function filesOf(source: string, archive: string, workspace: Workspace) {
  const place = workspacePath(source);
  const isFile = workspace.kindOf(place) === 'file';
  const folder = isFile ? place.slice(0, place.lastIndexOf('/') + 1) : place === '' ? '' : `${place}/`;
  const entries = workspace
    .list(isFile ? folder.replace(/\/$/, '') : place)
    .filter((entry) => entry.path !== archive && (!isFile || entry.path === place));
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (bytes > MAX_ARCHIVE_BYTES) {
    throw new ActionFailure(
      `${source} has more than ${MAX_ARCHIVE_BYTES / 1024 / 1024} MiB.`,
      'Archive fewer or smaller files.',
    );
  }
  return entries.map((entry) => ({
    ...{ name: entry.path.slice(folder.length), place: entry.path, isExecutable: entry.isExecutable },
  }));
}
