import { useQuery } from '@tanstack/react-query';
import type { TemplateCheck, TemplateParameterSchema } from '@waymark/contracts';
import { useMemo, useState } from 'react';
import { useSettled } from '../../../../lib/browser/use-settled.ts';
import type { EditorDraftState } from '../draft/use-editor-draft.ts';
import { lineOfProblem } from '../draft/problem-lines.ts';
import { readTemplateText, type DraftProblem, type TemplateReading } from '../draft/template-text.ts';
import { editorQueries } from '../editor.queries.ts';
import { drawableForm } from './drawable-form.ts';

/** Of quiet before the server is asked what it says of the template. */
const checkQuietMs = 250;

/** What the text of the template says by itself, and what the server says of it. */
export function useTemplatePreview({ files, templatePath }: EditorDraftState, name: string | undefined) {
  const content = files.find(({ path }) => path === templatePath)?.content;
  const text = content?.kind === 'text' ? content.text : '';
  const reading = useMemo(() => readTemplateText(text, name), [text, name]);
  const template = 'template' in reading ? reading.template : undefined;
  const settled = useSettled(template, checkQuietMs);
  const check = useQuery({ ...editorQueries.check(settled), enabled: settled !== undefined });
  const isCurrent =
    template !== undefined && settled === template && check.isSuccess && !check.isPlaceholderData;
  const drawn = useDrawnForm(check.data);
  return {
    reading,
    template,
    /** What the server said last; of this text only where `isCurrent`. */
    check,
    isCurrent,
    form: drawn.form,
    /** Whether the form is that of the text as it stands. */
    isFormCurrent: isCurrent && check.data.form !== undefined && drawn.reason === undefined,
    problems: useMemo(
      () => problemsOf(reading, isCurrent ? check.data : undefined, drawn.reason),
      [reading, isCurrent, check.data, drawn.reason],
    ),
  };
}

/** What the text of a template says, and what the server says of it. */
export type TemplatePreview = ReturnType<typeof useTemplatePreview>;

/** The last form that could be drawn, and what stands against that of the last answer. */
function useDrawnForm(check: TemplateCheck | undefined) {
  const outcome = useMemo(() => check?.form && drawableForm(check.form), [check]);
  const [last, setLast] = useState<TemplateParameterSchema>();
  const next = outcome && 'form' in outcome ? outcome.form : undefined;
  // An equal form stays the one that it is: whatever hangs on it need not begin anew.
  const isNew = next !== undefined && JSON.stringify(next) !== JSON.stringify(last);
  if (isNew) setLast(next);
  return {
    form: isNew ? next : last,
    reason: outcome && 'reason' in outcome ? outcome.reason : undefined,
  };
}

function problemsOf(
  reading: TemplateReading,
  check: TemplateCheck | undefined,
  reason: string | undefined,
): DraftProblem[] {
  if ('problems' in reading) return reading.problems;
  if (!check) return [];
  const told = check.problems.map((problem) => ({
    message: problem.message,
    hint: problem.hint,
    line: lineOfProblem(reading, problem),
  }));
  if (reason === undefined) return told;
  const form = {
    message: `The form cannot be drawn: ${reason.replace(/\.$/, '')}.`,
    hint: 'Look at spec.parameters: each page is a JSON Schema.',
    line: lineOfProblem(reading, { code: '', message: '', hint: '', at: 'spec.parameters' }),
  };
  return [...told, form];
}
