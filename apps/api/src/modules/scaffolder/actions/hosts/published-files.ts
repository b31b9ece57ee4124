import { ActionFailure, type ActionContext } from '../action.ts';
import type { PublishedFile } from '../publication.ts';
import { writeTemplateRecord } from '../publish/template-record.ts';
import { workspacePath } from '../../workspace/workspace-path.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** What is sent at once may not be larger: hosts refuse more. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The files of a folder of the workspace, below a folder of the repository. @throws ActionFailure */
export async function publishedFiles(
  workspace: Workspace,
  sourcePath: string,
  targetPath = '',
): Promise<PublishedFile[]> {
  const [source, target] = [workspacePath(sourcePath), workspacePath(targetPath)];
  const entries = await workspace.list(source);
  if (entries.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_BYTES) {
    throw new ActionFailure(
      `The folder has more than ${MAX_BYTES / 1024 / 1024} MiB, too much to send through the API of a host.`,
      'Publish fewer files, or use publish:git.',
    );
  }
  return Promise.all(
    entries.map(async ({ path, isExecutable }) => {
      const relative = source === '' ? path : path.slice(source.length + 1);
      const place = target === '' ? relative : `${target}/${relative}`;
      return { path: place, bytes: await workspace.read(path), isExecutable };
    }),
  );
}

/** The files of a new repository: those of the folder, and the record of what they were made from. @throws ActionFailure */
export async function filesWithRecord(
  sourcePath: string,
  { workspace, provenance }: Pick<ActionContext, 'workspace' | 'provenance'>,
): Promise<PublishedFile[]> {
  await writeTemplateRecord(workspace, workspacePath(sourcePath), provenance);
  return publishedFiles(workspace, sourcePath);
}
