import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { compileGlob, GlobError, hasMagic, type PathMatcher } from '../../../sources/index.ts';
import type { TemplateEngine } from '../../engine/template-engine.ts';
import { workspacePath } from '../../workspace/workspace-path.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { ActionFailure, defineAction, type ScaffolderAction } from '../action.ts';
import { MAX_TEXT_BYTES, readText, writeText } from './workspace-text.ts';

/** More files than this are a pattern that matches by mistake. */
const MAX_FILES = 1_000;

const replacement = z.object({
  file: z.string().min(1).max(500).describe('A file of the workspace, or a glob'),
  find: z.string().min(1).max(10_000),
  replaceWith: z.string().max(MAX_TEXT_BYTES).default(''),
  matchRegex: z.boolean().default(false).describe('Whether find is a regular expression (RE2)'),
  includeDotFiles: z.boolean().default(false).describe('Whether a glob matches names that begin with a dot'),
});

/** Replaces texts in files. */
export function createReplaceAction(engine: Pick<TemplateEngine, 'document'>): ScaffolderAction {
  return defineAction({
    id: 'roadiehq:utils:fs:replace',
    description: 'Replaces texts, or what regular expressions match, in files of the workspace.',
    input: z.object({ files: z.array(replacement).max(1_000) }),
    output: z.object({}),
    examples: [
      {
        description: 'Take empty lines out of a file',
        example:
          'action: roadiehq:utils:fs:replace\ninput:\n  files:\n    - file: manifest.yaml\n      find: \\n\\s*\\n\n      replaceWith: "\\n"\n      matchRegex: true\n',
      },
    ],
    workspace: 'write',
    async run({ files }, { workspace, log, signal }) {
      for (const { matchRegex, ...wanted } of files) {
        const found = await filesOf(wanted, workspace);
        if (found.length === 0) log.warn(`There is no file ${wanted.file} to replace anything in`);
        for (const file of found) {
          signal.throwIfAborted();
          const text = await textUnlessBinary(workspace, file, hasMagic(wanted.file));
          if (text === undefined) {
            log.info(`Passed over ${file}, which is no text`);
            continue;
          }
          const work = { kind: 'replace', ...wanted, file, text, isPattern: matchRegex } as const;
          const replaced = await engine.document(work, signal);
          if (replaced === text) continue;
          await writeText(workspace, file, typeof replaced === 'string' ? replaced : '');
          log.info(`Replaced in ${file}`);
        }
      }
      return {};
    },
  });
}

/** A glob may match images too; a file that is named is meant. */
async function textUnlessBinary(workspace: Workspace, file: string, isChosenByGlob: boolean) {
  if (isChosenByGlob && !isUtf8(await workspace.read(file))) return undefined;
  return readText(workspace, file);
}

async function filesOf(
  { file, includeDotFiles }: Pick<z.output<typeof replacement>, 'file' | 'includeDotFiles'>,
  workspace: Workspace,
): Promise<string[]> {
  // A name with brackets may be that of a file.
  if (!hasMagic(file) || workspace.kindOf(file) === 'file') {
    return workspace.kindOf(file) === 'file' ? [workspacePath(file)] : [];
  }
  const pattern = file.replace(/^(\.\/)+/, '');
  const matches = matcherOf(pattern);
  const isShown = (path: string) => includeDotFiles || !hasHidden(path) || hasHidden(pattern);
  const found = workspace.list().filter(({ path }) => matches(path) && isShown(path));
  if (found.length <= MAX_FILES) return found.map(({ path }) => path);
  throw new ActionFailure(
    `${file} matches ${found.length} files; at most ${MAX_FILES} are allowed.`,
    'Narrow the pattern.',
  );
}

function hasHidden(path: string): boolean {
  return /(^|\/)\./.test(path);
}

function matcherOf(pattern: string): PathMatcher {
  try {
    return compileGlob(pattern);
  } catch (error) {
    if (!(error instanceof GlobError)) throw error;
    throw new ActionFailure(error.message, 'Shorten the pattern of file.');
  }
}
