import type { ScaffolderActionDescription } from '@waymark/contracts';
import { z } from 'zod';
import type { ScaffolderAction } from './action.ts';

/** An action as it is listed: its schemas in the words of JSON Schema draft 7, which Backstage's clients read. */
export function describeAction({
  id,
  description,
  input,
  output,
  examples,
  dryRun,
  undo,
}: ScaffolderAction): ScaffolderActionDescription {
  return {
    ...{ id, description, dryRun },
    schema: { input: jsonSchemaOf(input, 'input'), output: jsonSchemaOf(output, 'output') },
    examples: examples.map(({ description: title, example }) => ({ description: title, example })),
    canUndo: undo !== undefined,
  };
}

function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const described: Record<string, unknown> = z.toJSONSchema(schema, {
    target: 'draft-7',
    io,
    unrepresentable: 'any',
  });
  // All of them are of one version, which no reader asks for.
  delete described['$schema'];
  return described;
}
