import { templateFileLimits, type TemplateFiles } from '@waymark/contracts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { ContentPlace, SourceContent } from '../../sources/index.ts';
import { explainFailure } from '../runs/run-failure.ts';

/** What the files of templates are read with. */
export interface TemplateFilesOptions {
  placeOf: SourceContent['placeOf'];
  readFolder: SourceContent['readFolder'];
}

/**
 * The files in the folder of a template's descriptor, at the revision that the catalog has read.
 *
 * @throws AppError `scaffolder.template-files-unreadable`, `scaffolder.template-files-too-large`
 */
export async function readTemplateFiles(
  templateRef: string,
  { placeOf, readFolder }: TemplateFilesOptions,
  signal: AbortSignal,
): Promise<TemplateFiles> {
  const place = await placeOf(templateRef);
  if (!place) throw unreadable(`The catalog does not know where ${templateRef} lies.`);
  const { revision, files } = await readFolder(place, './', signal).catch(tellUnreadable);
  demandWithinLimits(
    files.length,
    files.reduce((sum, { bytes }) => sum + bytes.length, 0),
  );
  const templatePath = fileNameOf(place);
  if (!files.some(({ path }) => path === templatePath)) {
    throw unreadable(`The folder of the template has no file ${templatePath} any more.`);
  }
  return {
    ...{ revision, templatePath },
    files: files.map(({ path, bytes, isExecutable }) => ({
      path,
      base64Content: Buffer.from(bytes).toString('base64'),
      executable: isExecutable,
    })),
  };
}

function fileNameOf({ path }: ContentPlace): string {
  const isUrl = URL.canParse(path);
  const name = (isUrl ? new URL(path).pathname : path).split('/').at(-1) ?? '';
  return isUrl ? decodeURIComponent(name) : name;
}

function demandWithinLimits(files: number, bytes: number): void {
  const { maxFiles, maxBytes } = templateFileLimits;
  if (files <= maxFiles && bytes <= maxBytes) return;
  throw new AppError(
    'scaffolder.template-files-too-large',
    `The folder of the template has ${files.toLocaleString('en')} files with ${(bytes / 1024 / 1024).toFixed(1)} MiB. The editor takes at most ${maxFiles} files with ${maxBytes / 1024 / 1024} MiB: put the template into a folder of its own, or edit it where it lies.`,
  );
}

function tellUnreadable(error: unknown): never {
  const { problem, isExpected } = explainFailure(error);
  if (!isExpected || error instanceof AppError) throw error;
  throw unreadable(`${problem.message} ${problem.hint}`, error);
}

function unreadable(detail: string, cause?: unknown): AppError {
  return new AppError('scaffolder.template-files-unreadable', detail, { cause });
}
