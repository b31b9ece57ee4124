import { blobIdOf } from '../../../platform/git/blob-id.ts';
import { previewLimits, type PreviewFile, type Publication, type RunPreview } from '@waymark/contracts';
import { textOf, type ExistingPlace, type PublishedFile } from '../actions/publication.ts';
import type { DryRunner, DryRunRequest, SkippedAction } from './dry-run.ts';
import { StepProblemError } from './run-failure.ts';

/**
 * The files that a run would publish, each against what is there now. A step that cannot be gone through ends the
 * preview, as it would end the run: what comes before it is told, with the reason.
 */
export async function previewOf(
  request: Omit<DryRunRequest, 'onSkipped'>,
  dryRunner: DryRunner,
  signal: AbortSignal,
): Promise<RunPreview> {
  const room: Room = { bytes: previewLimits.maxBytes, reads: previewLimits.maxReplaced };
  const publications: Publication[] = [];
  const onSkipped = async ({ step, action, input, context }: SkippedAction) => {
    const told = await action.publication?.(input, context);
    if (!told) return;
    const { title, files, existing } = told;
    const place = { stepId: step.id, stepName: step.name, title, isExisting: existing !== undefined };
    publications.push(await shown(place, files, existing, room));
  };
  try {
    const { directoryContents } = await dryRunner.run({ ...request, onSkipped }, signal);
    if (publications.length > 0) return { publications };
    const files = directoryContents.map(({ path, base64Content, executable = false }) => ({
      ...{ path, bytes: Buffer.from(base64Content, 'base64'), isExecutable: executable },
    }));
    const place = { stepId: '', stepName: '', title: 'the workspace of the run', isExisting: false };
    return { publications: files.length === 0 ? [] : [await shown(place, files, undefined, room)] };
  } catch (error) {
    if (!(error instanceof StepProblemError)) throw error;
    return { publications, problem: error.problem };
  }
}

/** What may still be shown. */
interface Room {
  bytes: number;
  /** Files of an existing place that may still be asked for. */
  reads: number;
}

async function shown(
  place: Pick<Publication, 'stepId' | 'stepName' | 'title' | 'isExisting'>,
  files: readonly PublishedFile[],
  existing: ExistingPlace | undefined,
  room: Room,
): Promise<Publication> {
  const listed: PreviewFile[] = [];
  for (const { path, bytes, isExecutable } of files.slice(0, previewLimits.maxFiles)) {
    const blob = existing?.blobs.get(path);
    const change = blob === undefined ? 'added' : blob === blobIdOf(bytes) ? 'unchanged' : 'changed';
    const text = fitting(bytes, room);
    const before = change === 'changed' ? await readBefore(existing, blob, room) : undefined;
    listed.push({
      ...{ path, bytes: bytes.length, isExecutable, change },
      ...(text !== undefined && { text }),
      ...(before !== undefined && { before }),
    });
  }
  for (const path of existing?.removed ?? []) {
    const blob = existing?.blobs.get(path);
    if (blob === undefined || listed.length >= previewLimits.maxFiles) continue;
    const before = await readBefore(existing, blob, room);
    const kept = { path, bytes: 0, isExecutable: false, change: 'removed' as const };
    listed.push({ ...kept, ...(before !== undefined && { before }) });
  }
  return { ...place, files: listed, moreFiles: Math.max(0, files.length - previewLimits.maxFiles) };
}

async function readBefore(
  existing: ExistingPlace | undefined,
  blob: string | undefined,
  room: Room,
): Promise<string | undefined> {
  if (!existing || blob === undefined || room.reads <= 0) return undefined;
  room.reads -= 1;
  return fitting(await existing.read(blob), room);
}

/** A text for which there is room. */
function fitting(bytes: Buffer, room: Room): string | undefined {
  if (bytes.length > previewLimits.maxTextBytes || bytes.length > room.bytes) return undefined;
  const text = textOf(bytes);
  if (text !== undefined) room.bytes -= bytes.length;
  return text;
}
