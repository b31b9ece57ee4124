import { useQuery } from '@tanstack/react-query';
import { templateFileLimits } from '@waymark/contracts';
import { useMemo } from 'react';
import { useSettled } from '../../../../lib/browser/use-settled.ts';
import { submittedValues } from '../../wizard/form-pages.ts';
import { openProblems, type OpenProblem } from '../../wizard/review/open-problems.ts';
import type { Wizard } from '../../wizard/use-wizard.ts';
import { sizeOf, type EditorFile } from '../draft/editor-file.ts';
import { editorQueries, type DryRunRequest } from '../editor.queries.ts';
import type { TemplatePreview } from '../preview/use-template-preview.ts';

/** Of quiet before the draft is run. */
const runQuietMs = 700;

/** Why a draft is not run as it stands. */
export type RunObstacle = { kind: 'template' | 'files' } | { kind: 'answers'; problems: OpenProblem[] };

/** Runs the draft without any effect by itself, once it can be run and somebody has stopped changing it. */
export function useDryRun(files: readonly EditorFile[], preview: TemplatePreview, wizard: Wizard) {
  const { template, isFormCurrent } = preview;
  const { pages, values, secrets } = wizard;
  const isTooLarge = useMemo(() => areTooLarge(files), [files]);
  const obstacle = isTooLarge ? ({ kind: 'files' } as const) : obstacleOf(preview, wizard);
  const isReady = obstacle === undefined && isFormCurrent;
  const request = useMemo<DryRunRequest | undefined>(
    () =>
      isReady && template ? { template, secrets, files, values: submittedValues(pages, values) } : undefined,
    [isReady, template, secrets, files, pages, values],
  );
  const settled = useSettled(request, runQuietMs);
  const current = settled === request ? request : undefined;
  const query = useQuery({ ...editorQueries.dryRun(settled), enabled: settled !== undefined });
  const isAnswered = current !== undefined && !query.isFetching && !query.isPlaceholderData;
  return {
    obstacle,
    /** What came of the last run; of this draft only where `isFresh`. */
    result: query.data,
    error: isAnswered ? query.error : null,
    isFresh: isAnswered && query.isSuccess,
    /** Whether an answer about this draft is on its way, or will be. */
    isUnderWay: obstacle === undefined && !isAnswered,
    runAgain: () => void query.refetch(),
  };
}

/** The dry run of a draft. */
export type DryRun = ReturnType<typeof useDryRun>;

function areTooLarge(files: readonly EditorFile[]): boolean {
  const { maxFiles, maxBytes } = templateFileLimits;
  return files.length > maxFiles || files.reduce((sum, file) => sum + sizeOf(file), 0) > maxBytes;
}

function obstacleOf(
  { template, check, isCurrent, isFormCurrent }: TemplatePreview,
  wizard: Wizard,
): RunObstacle | undefined {
  if (template === undefined || check.isError || (isCurrent && !isFormCurrent)) return { kind: 'template' };
  const problems = openProblems(wizard);
  return problems.length > 0 ? { kind: 'answers', problems } : undefined;
}
