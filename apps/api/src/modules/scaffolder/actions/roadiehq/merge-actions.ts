import { z } from 'zod';
import type { DocumentWork } from '../../engine/documents/document-work.ts';
import type { TemplateEngine } from '../../engine/template-engine.ts';
import { ActionFailure, defineAction, type ActionContext, type ScaffolderAction } from '../action.ts';
import { givenOptions, path, yamlOptions } from './action-input.ts';
import { MAX_TEXT_BYTES, readText, writeText } from './workspace-text.ts';

type Engine = Pick<TemplateEngine, 'document'>;

const content = z
  .union([z.string().max(MAX_TEXT_BYTES), z.record(z.string(), z.json())])
  .describe('What is merged in: a mapping, or a text that says one');
const mergeArrays = z
  .boolean()
  .default(false)
  .describe('Whether lists get further entries; else they are replaced');
const output = z.object({ path: z.string() });

/** Actions that merge data into files. */
export function createMergeActions(engine: Engine): ScaffolderAction[] {
  return [jsonMergeAction(engine), mergeAction(engine)];
}

function jsonMergeAction(engine: Engine): ScaffolderAction {
  return defineAction({
    id: 'roadiehq:utils:json:merge',
    description: 'Merges data into a JSON file of the workspace, or into a new one.',
    input: z.object({
      ...{ path, content, mergeArrays },
      matchFileIndent: z.boolean().default(false).describe('Whether the file keeps its indentation'),
    }),
    output,
    examples: [
      {
        description: 'Say which Node.js a package needs',
        example:
          'action: roadiehq:utils:json:merge\ninput:\n  path: package.json\n  content:\n    engines:\n      node: ">=24"\n',
      },
    ],
    workspace: 'write',
    async run({ path: file, ...input }, context) {
      const isThere = context.workspace.kindOf(file) !== undefined;
      const text = isThere ? await readText(context.workspace, file) : '{}';
      await merge(engine, { kind: 'merge-json', file, text, ...input }, context);
      return { path: file };
    },
  });
}

function mergeAction(engine: Engine): ScaffolderAction {
  return defineAction({
    id: 'roadiehq:utils:merge',
    description: 'Merges data into a JSON or YAML file of the workspace.',
    input: z.object({
      ...{ path, content, mergeArrays },
      preserveYamlComments: z.boolean().default(false),
      useDocumentIncludingField: z
        .object({ key: z.string().min(1).max(1_000), value: z.coerce.string().max(10_000) })
        .optional()
        .describe('Of several YAML documents, the one in which the key has the value'),
      options: yamlOptions,
    }),
    output,
    examples: [
      {
        description: 'Annotate a component',
        example:
          'action: roadiehq:utils:merge\ninput:\n  path: catalog-info.yaml\n  content:\n    metadata:\n      annotations:\n        github.com/project-slug: acme/shop\n  preserveYamlComments: true\n',
      },
    ],
    workspace: 'write',
    async run({ path: file, content: merged, ...input }, context) {
      const text = await readText(context.workspace, file);
      const common = { file, text, content: merged, mergeArrays: input.mergeArrays };
      const work: DocumentWork = isJsonFile(file)
        ? { kind: 'merge-json', ...common, matchFileIndent: false }
        : {
            ...{ kind: 'merge-yaml', ...common, preserveComments: input.preserveYamlComments },
            ...{ documentWith: input.useDocumentIncludingField, options: givenOptions(input.options) },
          };
      await merge(engine, work, context);
      return { path: file };
    },
  });
}

function isJsonFile(file: string): boolean {
  if (/\.json$/i.test(file)) return true;
  if (/\.ya?ml$/i.test(file)) return false;
  throw new ActionFailure(
    `${file} is neither a JSON nor a YAML file by its name.`,
    'Its name has to end with .json, .yaml or .yml.',
  );
}

async function merge(
  engine: Engine,
  work: DocumentWork & { file: string },
  { workspace, log, signal }: Pick<ActionContext, 'workspace' | 'log' | 'signal'>,
): Promise<void> {
  const merged = await engine.document(work, signal);
  await writeText(workspace, work.file, typeof merged === 'string' ? merged : '');
  log.info(`Merged into ${work.file}`);
}
