import { ApiError } from '@waymark/api-client';
import { expect, test } from 'vitest';
import { dryRunLines, endedSteps, failedSteps, failureOf, outputOf } from './dry-run-view.ts';

const steps = ['a', 'b', 'c'].map((id) => ({ id, name: id, action: 'debug:log' }));

test('a step ends as the log says last', () => {
  const log = [
    { body: { message: '', stepId: 'a', status: 'processing' as const } },
    { body: { message: '', stepId: 'a', status: 'completed' as const } },
    { body: { message: '', stepId: 'b', status: 'skipped' as const } },
  ];
  expect(endedSteps(steps, { log }).map(({ status }) => status)).toEqual(['completed', 'skipped', 'open']);
});

test('what came after a failed step did not begin', () => {
  expect(failedSteps(steps, 'b').map(({ status }) => status)).toEqual(['completed', 'failed', 'open']);
  expect(failedSteps(steps, undefined).map(({ status }) => status)).toEqual(['open', 'open', 'open']);
});

test('a failure of the template names its step, and other errors are none of it', () => {
  const issues = [{ path: 'steps/render', message: 'It is so.' }];
  const failed = new ApiError('scaffolder.dry-run-failed', 'Step "render": It is so.', { issues });
  expect(failureOf(failed)).toEqual({ message: 'It is so.', stepId: 'render' });
  const ofOutput = new ApiError('scaffolder.dry-run-failed', 'The output…', {
    issues: [{ path: 'result', message: 'x' }],
  });
  expect(failureOf(ofOutput)).toEqual({ message: 'The output…', stepId: undefined });
  expect(failureOf(new ApiError('client.offline', 'away'))).toBeUndefined();
  expect(failureOf(new Error('x'))).toBeUndefined();
});

test('the log is text without control sequences, and without what the list of steps says', () => {
  const log = [
    { body: { message: 'Beginning step a', stepId: 'a', status: 'processing' as const } },
    { body: { message: '\u001b[32mgreen\u001b[0m\n<b>bold</b>\n', stepId: 'a' } },
  ];
  expect(dryRunLines({ log }).map(({ text }) => text)).toEqual(['green', '<b>bold</b>']);
});

test('of an output only what has the shape of links and texts is shown as such', () => {
  const output = { links: [{ url: 'https://example.com' }, 7], text: 'none', made: true };
  expect(outputOf({ output })).toEqual({
    outcome: { links: [{ url: 'https://example.com' }], texts: [] },
    rest: { made: true },
  });
});
