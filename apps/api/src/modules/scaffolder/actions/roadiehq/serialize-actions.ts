import { z } from 'zod';
import type { TemplateEngine } from '../../engine/template-engine.ts';
import { defineAction, type ScaffolderAction } from '../action.ts';
import { givenOptions, replacer, space, yamlOptions } from './action-input.ts';
import { handOn } from './workspace-text.ts';

const data = z.json().describe('What is written');
const output = z.object({ serialized: z.string() });

/** Actions that make texts of data. */
export function createSerializeActions(engine: Pick<TemplateEngine, 'document'>): ScaffolderAction[] {
  return [
    defineAction({
      id: 'roadiehq:utils:serialize:json',
      description: 'Makes a JSON text of data.',
      input: z.object({ data, replacer, space }),
      output,
      examples: [
        {
          description: 'Write a mapping as JSON',
          example: 'action: roadiehq:utils:serialize:json\ninput:\n  data:\n    hello: world\n',
        },
      ],
      workspace: 'none',
      async run(input, { signal }) {
        const target = { format: 'json', replacer: input.replacer, space: input.space } as const;
        const source = { data: input.data };
        return { serialized: textOf(await engine.document({ kind: 'convert', source, target }, signal)) };
      },
    }),
    defineAction({
      id: 'roadiehq:utils:serialize:yaml',
      description: 'Makes a YAML text of data.',
      input: z.object({ data, replacer, options: yamlOptions }),
      output,
      examples: [
        {
          description: 'Write a mapping as YAML',
          example: 'action: roadiehq:utils:serialize:yaml\ninput:\n  data:\n    hello: world\n',
        },
      ],
      workspace: 'none',
      async run(input, { signal }) {
        const { replacer: names, options } = input;
        const target = { format: 'yaml', replacer: names, options: givenOptions(options) } as const;
        const source = { data: input.data };
        return { serialized: textOf(await engine.document({ kind: 'convert', source, target }, signal)) };
      },
    }),
  ];
}

function textOf(value: unknown): string {
  return handOn(typeof value === 'string' ? value : '');
}
