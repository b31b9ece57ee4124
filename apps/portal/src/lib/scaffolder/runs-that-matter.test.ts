import type { RunSummary } from '@waymark/contracts';
import { expect, test } from 'vitest';
import { runsThatMatter } from './runs-that-matter.ts';

const now = Date.parse('2026-11-27T12:00:00Z');

function run(id: string, status: RunSummary['status'], templateRef: string, createdAt: string): RunSummary {
  return {
    ...{ id, status, templateRef, createdAt },
    templateTitle: templateRef,
    createdBy: 'user:default/guest',
    stepCount: 1,
    completedStepCount: 0,
  };
}

test('what runs matters, and a failure until it is taken back, the template is run again or a week has gone', () => {
  const runs = [
    run('running', 'processing', 'a', '2026-11-27T11:00:00Z'),
    run('repeated failure', 'failed', 'a', '2026-11-27T10:00:00Z'),
    run('failure', 'failed', 'b', '2026-11-27T09:00:00Z'),
    run('older failure of the same', 'failed', 'b', '2026-11-27T08:00:00Z'),
    run('good', 'completed', 'c', '2026-11-27T07:00:00Z'),
    run('cancelled', 'cancelled', 'd', '2026-11-27T06:00:00Z'),
    { ...run('undone', 'failed', 'e', '2026-11-27T05:00:00Z'), undo: { state: 'done' as const } },
    { ...run('half undone', 'failed', 'f', '2026-11-27T04:00:00Z'), undo: { state: 'failed' as const } },
    run('long ago', 'failed', 'g', '2026-11-01T06:00:00Z'),
  ];
  expect(runsThatMatter(runs, now).map(({ id }) => id)).toEqual(['running', 'failure', 'half undone']);
});
