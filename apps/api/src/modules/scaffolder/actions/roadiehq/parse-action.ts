import { z } from 'zod';
import type { TemplateEngine } from '../../engine/template-engine.ts';
import { defineAction, type ScaffolderAction } from '../action.ts';
import { path } from './action-input.ts';
import { handOn, readText } from './workspace-text.ts';

/** Hands a file to later steps: as text, or as the data that it says. */
export function createParseAction(engine: Pick<TemplateEngine, 'document'>): ScaffolderAction {
  return defineAction({
    id: 'roadiehq:utils:fs:parse',
    description: 'Reads a file of the workspace, and parses it when a parser is named.',
    input: z.object({
      path,
      parser: z.enum(['yaml', 'json', 'multiyaml']).optional().describe('Without it, the text as it is'),
    }),
    output: z.object({ content: z.json() }),
    examples: [
      {
        description: 'Read the data of a YAML file',
        example: 'action: roadiehq:utils:fs:parse\ninput:\n  path: catalog-info.yaml\n  parser: yaml\n',
      },
    ],
    workspace: 'read',
    async run({ path: file, parser }, { workspace, signal }) {
      const text = await readText(workspace, file);
      if (parser === undefined) return { content: handOn(text) };
      const source = { text, format: parser, file };
      const data = await engine.document({ kind: 'convert', source, target: { format: 'value' } }, signal);
      return { content: handOn(data ?? null) };
    },
  });
}
