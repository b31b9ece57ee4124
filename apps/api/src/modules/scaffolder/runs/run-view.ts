import { runEffectSchema, type Run, type RunEffect } from '@waymark/contracts';
import { z } from 'zod';
import type { ScaffolderAction } from '../actions/action.ts';
import type { EffectRecord } from './run-record.ts';
import type { RunDetails } from './runs.repository.ts';

const link = z.object({
  title: z.string().optional(),
  icon: z.string().optional(),
  url: z.string().optional(),
  entityRef: z.string().optional(),
});
const text = z.object({ title: z.string().optional(), icon: z.string().optional(), content: z.string() });
/** The only addresses that a link of the portal may have: what a template gives is not ours. */
const LINKED_URL = /^https?:\/\//i;

/** Another server, newer than this one, may have written a kind that is not known here. */
const effectKind = runEffectSchema.shape.kind.catch('other');

/** A run for whoever looks at it: what it may do with it now follows from its state. */
export function runOf(details: RunDetails, actions: ReadonlyMap<string, ScaffolderAction>): Run {
  const { summary, spec, steps, error, templateVersion, queuePosition, isCancelRequested } = details;
  const effects = details.effects.map((effect) => effectOf(effect, actions));
  const { status } = summary;
  const hasEnded = status === 'completed' || status === 'failed' || status === 'cancelled';
  const isUndoing = summary.undo?.state === 'running';
  const standing = effects.filter(
    ({ state }) => state === 'done' || state === 'intended' || state === 'undo-failed',
  );
  return {
    ...summary,
    ...(templateVersion === undefined ? {} : { templateVersion }),
    values: spec.parameters,
    ...{ steps, effects },
    links: entriesOf(details.output?.['links'], link).filter(
      ({ url, entityRef }) => entityRef !== undefined || (url !== undefined && LINKED_URL.test(url)),
    ),
    texts: entriesOf(details.output?.['text'], text),
    ...(error ? { error } : {}),
    ...(queuePosition === undefined ? {} : { queuePosition }),
    can: {
      cancel: !hasEnded && !isCancelRequested,
      retry: (status === 'failed' || status === 'cancelled') && !isUndoing,
      undo: hasEnded && !isUndoing && standing.some(({ canUndo }) => canUndo),
      repeat: true,
    },
  };
}

function effectOf(effect: EffectRecord, actions: ReadonlyMap<string, ScaffolderAction>): RunEffect {
  const { id, stepId, kind, title, url, state, problem, action } = effect;
  return {
    ...{ id, stepId, title, state },
    kind: effectKind.parse(kind),
    ...(url === undefined ? {} : { url }),
    canUndo: actions.get(action)?.undo !== undefined,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** What of a list has the shape that is shown. */
function entriesOf<Schema extends z.ZodType>(value: unknown, schema: Schema): z.output<Schema>[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) => {
    const parsed = schema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}
