import type { ScaffolderProblem } from '@waymark/contracts';
import type { z } from 'zod';
import type { ScaffolderAction } from '../actions/action.ts';
import type { JsonObject } from '../engine/json.ts';

/** What a rendered input lacks for its action; the parsed input when it lacks nothing. */
export function parseInput(
  action: ScaffolderAction,
  input: JsonObject,
  stepId: string,
): { parsed: unknown } | { problem: ScaffolderProblem } {
  const result = action.input.safeParse(input);
  if (result.success) return { parsed: result.data };
  const issues = result.error.issues.map(issueText).join('; ');
  return {
    problem: {
      code: 'run.bad-input',
      // The words of Backstage, which people search the web for.
      message: `Invalid input passed to action ${action.id}, ${issues}.`,
      hint: 'Correct the input of the step in the template, or the answer that it is made of. /create/actions shows what the action takes.',
      at: stepId,
    },
  };
}

/** Inputs that the action knows nothing of: they have no effect, and the author should know. */
export function unknownInputs(action: ScaffolderAction, input: JsonObject): string[] {
  // Only schemas of mappings have a shape.
  const { shape } = action.input as z.ZodType & { shape?: Record<string, unknown> };
  return shape === undefined ? [] : Object.keys(input).filter((name) => !Object.hasOwn(shape, name));
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}
