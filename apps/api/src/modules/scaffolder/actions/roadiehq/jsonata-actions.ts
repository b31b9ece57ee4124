import { z } from 'zod';
import type { DocumentTarget } from '../../engine/documents/document-work.ts';
import type { TemplateEngine } from '../../engine/template-engine.ts';
import { defineAction, type ScaffolderAction } from '../action.ts';
import { expression, givenOptions, path, replacer, resultAs, space, yamlOptions } from './action-input.ts';
import { handOn, readText } from './workspace-text.ts';

type Engine = Pick<TemplateEngine, 'document'>;

const output = z.object({
  result: z.json().optional().describe('Missing when the expression finds nothing'),
});

/** Actions that choose from data, and change them, by JSONata expressions (https://docs.jsonata.org). */
export function createJsonataActions(engine: Engine): ScaffolderAction[] {
  return [queryAction(engine), jsonAction(engine), yamlAction(engine)];
}

function queryAction(engine: Engine): ScaffolderAction {
  return defineAction({
    id: 'roadiehq:utils:jsonata',
    description: 'Queries and transforms data by a JSONata expression.',
    input: z.object({ data: z.json().optional(), expression }),
    output,
    examples: [
      {
        description: 'Add an item to a list',
        example:
          'action: roadiehq:utils:jsonata\ninput:\n  data:\n    items: [one]\n  expression: \'$ ~> | $ | { "items": [items, "two"] }|\'\n',
      },
    ],
    workspace: 'none',
    async run(input, { signal }) {
      const source = { data: input.data ?? null };
      const work = {
        kind: 'query',
        source,
        expression: input.expression,
        target: { format: 'value' },
      } as const;
      return { result: handOn(await engine.document(work, signal)) };
    },
  });
}

function jsonAction(engine: Engine): ScaffolderAction {
  return defineAction({
    id: 'roadiehq:utils:jsonata:json:transform',
    description: 'Queries and transforms a JSON file of the workspace by a JSONata expression.',
    input: z.object({ path, expression, replacer, space, as: resultAs }),
    output,
    examples: [
      {
        description: 'Read the name of a package',
        example:
          'action: roadiehq:utils:jsonata:json:transform\ninput:\n  path: package.json\n  expression: name\n  as: object\n',
      },
    ],
    workspace: 'read',
    async run(input, { workspace, signal }) {
      const source = {
        text: await readText(workspace, input.path),
        format: 'json',
        file: input.path,
      } as const;
      const target: DocumentTarget =
        input.as === 'object'
          ? { format: 'value' }
          : { format: 'json', replacer: input.replacer, space: input.space };
      const work = { kind: 'query', source, expression: input.expression, target } as const;
      return { result: handOn(await engine.document(work, signal)) };
    },
  });
}

function yamlAction(engine: Engine): ScaffolderAction {
  return defineAction({
    id: 'roadiehq:utils:jsonata:yaml:transform',
    description: 'Queries and transforms a YAML file of the workspace by a JSONata expression.',
    input: z.object({
      ...{ path, expression, options: yamlOptions, as: resultAs },
      loadAll: z
        .boolean()
        .default(false)
        .describe('Whether the data are a list of all documents of the file'),
    }),
    output,
    examples: [
      {
        description: 'Change the owner of a component',
        example:
          'action: roadiehq:utils:jsonata:yaml:transform\ninput:\n  path: catalog-info.yaml\n  expression: \'$ ~> | spec | { "owner": "team-a" }|\'\n',
      },
    ],
    workspace: 'read',
    async run(input, { workspace, signal }) {
      const text = await readText(workspace, input.path);
      const source = { text, format: input.loadAll ? 'multiyaml' : 'yaml', file: input.path } as const;
      const target: DocumentTarget =
        input.as === 'object'
          ? { format: 'value' }
          : { format: 'yaml', options: givenOptions(input.options) };
      const work = { kind: 'query', source, expression: input.expression, target } as const;
      return { result: handOn(await engine.document(work, signal)) };
    },
  });
}
