import { createHash } from 'node:crypto';
import { workspacePath } from '../../workspace/workspace-path.ts';
import { ActionFailure, type ActionContext } from '../action.ts';
import type { PublishedFile } from '../publication.ts';
import { withoutIgnored } from './ignored-files.ts';
import { TEMPLATE_RECORD, templateRecord } from './template-record.ts';

/** What is sent at once may not be larger: hosts refuse more. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The files of a folder of the workspace, below a folder of the repository, one after the other: what its `.gitignore`
 * files leave out is not among them.
 */
export async function* publishedFiles(
  { workspace, signal }: Pick<ActionContext, 'workspace' | 'signal'>,
  sourcePath: string,
  targetPath = '',
): AsyncGenerator<PublishedFile> {
  const [source, target] = [workspacePath(sourcePath), workspacePath(targetPath)];
  const entries = await withoutIgnored(workspace, source, workspace.list(source), signal);
  for (const { path, isExecutable } of entries) {
    const relative = source === '' ? path : path.slice(source.length + 1);
    const place = target === '' ? relative : `${target}/${relative}`;
    yield { path: place, bytes: await workspace.read(path), isExecutable };
  }
}

/** The files of a new repository: those of the folder, and at last the record of what they were made from. */
export async function* filesWithRecord(
  sourcePath: string,
  { workspace, provenance, signal }: Pick<ActionContext, 'workspace' | 'provenance' | 'signal'>,
): AsyncGenerator<PublishedFile> {
  const digests: Record<string, string> = {};
  for await (const file of publishedFiles({ workspace, signal }, sourcePath)) {
    if (file.path === TEMPLATE_RECORD) continue;
    digests[file.path] = createHash('sha256').update(file.bytes).digest('hex');
    yield file;
  }
  const bytes = Buffer.from(templateRecord(provenance, digests));
  yield { path: TEMPLATE_RECORD, bytes, isExecutable: false };
}

/** All files at once, by their paths, for what cannot take them one by one. @throws ActionFailure when they are too many for a host */
export async function gatheredFiles(files: AsyncIterable<PublishedFile>): Promise<PublishedFile[]> {
  const gathered: PublishedFile[] = [];
  let bytes = 0;
  for await (const file of files) {
    bytes += file.bytes.length;
    if (bytes > MAX_BYTES) {
      throw new ActionFailure(
        `The folder has more than ${MAX_BYTES / 1024 / 1024} MiB, too much to send through the API of a host.`,
        'Publish fewer files, or use publish:git.',
      );
    }
    gathered.push(file);
  }
  return gathered.sort((left, right) => (left.path < right.path ? -1 : 1));
}
