import { z } from 'zod';
import { defineAction, type ScaffolderAction } from '../action.ts';
import { path } from './action-input.ts';
import { MAX_TEXT_BYTES, readText, writeText } from './workspace-text.ts';

const content = z.string().max(MAX_TEXT_BYTES);
const output = z.object({ path: z.string() });

/** Actions that write texts as they are given. */
export const writeActions: readonly ScaffolderAction[] = [
  defineAction({
    id: 'roadiehq:utils:fs:write',
    description: 'Writes a text file into the workspace. JSON is indented unless preserveFormatting is true.',
    input: z.object({ path, content, preserveFormatting: z.boolean().default(false) }),
    output,
    examples: [
      {
        description: 'Write a file',
        example: 'action: roadiehq:utils:fs:write\ninput:\n  path: VERSION\n  content: 0.1.0\n',
      },
    ],
    workspace: 'write',
    async run(input, { workspace, log }) {
      const text = input.preserveFormatting ? input.content : indented(input.content);
      await writeText(workspace, input.path, text);
      log.info(`Wrote ${input.path}`);
      return { path: input.path };
    },
  }),
  defineAction({
    id: 'roadiehq:utils:fs:append',
    description: 'Puts a text at the end of a file of the workspace, or into a new one.',
    input: z.object({ path, content }),
    output,
    examples: [
      {
        description: 'Add a line to a file',
        example:
          'action: roadiehq:utils:fs:append\ninput:\n  path: .gitignore\n  content: |\n    node_modules\n',
      },
    ],
    workspace: 'write',
    async run(input, { workspace, log }) {
      const before = workspace.kindOf(input.path) === undefined ? '' : await readText(workspace, input.path);
      await writeText(workspace, input.path, before + input.content);
      log.info(`Appended to ${input.path}`);
      return { path: input.path };
    },
  }),
];

/** Lists and mappings only: `1.10` alone is JSON too, and means a version. */
function indented(content: string): string {
  if (!/^\s*[[{]/.test(content)) return content;
  try {
    return JSON.stringify(JSON.parse(content), undefined, 2);
  } catch {
    return content; // it only begins like JSON
  }
}
