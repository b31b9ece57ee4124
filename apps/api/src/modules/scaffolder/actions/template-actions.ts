import type { SkeletonOptions } from '@waymark/templating';
import { z } from 'zod';
import type { SourceContent } from '../../sources/index.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import type { PlacedFile } from '../engine/template-task.ts';
import { workspacePath } from '../workspace/workspace-path.ts';
import { ActionFailure, defineAction, type ActionContext, type ScaffolderAction } from './action.ts';
import { createContentFiles, type ContentFiles } from './fetch-actions.ts';

const globs = z.array(z.string().max(500)).max(500);

const rendering = {
  values: z.record(z.string(), z.json()).default({}).describe('What the files see as values.<name>'),
  cookiecutterCompat: z
    .boolean()
    .default(false)
    .describe('{{ cookiecutter.name }} in place of ${{ values.name }}'),
  replace: z.boolean().default(false).describe('Whether files that are there already are replaced'),
  trimBlocks: z.boolean().default(false),
  lstripBlocks: z.boolean().default(false),
};

const selection = {
  copyWithoutTemplating: globs
    .optional()
    .describe('Files that are copied as they are, under a rendered name'),
  copyWithoutRender: globs.optional().describe('The older form: the name is not rendered either'),
  templateFileExtension: z
    .union([z.boolean(), z.string().max(50)])
    .optional()
    .describe('Only files with this ending are rendered, and lose it; true means .njk'),
};

const targetPath = z.string().max(1_000).default('.');
const token = z.string().optional().describe('Not used: the server has its own token for each host');
const fetchedUrl = z
  .string()
  .min(1)
  .max(2_000)
  .describe('A folder relative to the template, or the URL of one in a repository on a known host');

type Rendering = z.output<z.ZodObject<typeof rendering>> & Partial<z.output<z.ZodObject<typeof selection>>>;

/** Actions that render files: skeletons from elsewhere, and what lies in the workspace already. */
export function createTemplateActions(
  content: Pick<SourceContent, 'readFolder' | 'readFile'>,
  engine: Pick<TemplateEngine, 'renderSkeleton'>,
): ScaffolderAction[] {
  const files = createContentFiles(content);
  const renderInto = createRenderInto(engine);
  return [
    fetchTemplate(files, renderInto),
    fetchTemplateFile(files, renderInto),
    workspaceTemplate(renderInto),
    workspaceTemplateFile(renderInto),
  ];
}

/** Renders files into a folder of the workspace. What is there already stays, unless it shall be replaced. */
type RenderInto = (
  files: readonly PlacedFile[],
  input: Rendering & { targetPath: string },
  context: ActionContext,
) => Promise<void>;

function createRenderInto(engine: Pick<TemplateEngine, 'renderSkeleton'>): RenderInto {
  return async (found, { replace, targetPath: target, ...options }, { workspace, log, signal }) => {
    const rendered = await engine.renderSkeleton(found, skeletonOptions(options), signal);
    let kept = 0;
    // Two names may become the same one: then the first stays, or the last replaces it.
    for (const { path, bytes, isExecutable } of rendered) {
      const options = { isExecutable, isKeeping: !replace };
      if (!(await workspace.write(`${target}/${path}`, bytes, options))) kept += 1;
    }
    const leftOut = found.length - rendered.length;
    log.info(
      `Rendered ${rendered.length - kept} files` +
        (leftOut > 0 ? `, left out ${leftOut} by their names` : '') +
        (kept > 0 ? `, kept ${kept} that were there` : ''),
    );
  };
}

function fetchTemplate(files: ContentFiles, renderInto: RenderInto): ScaffolderAction {
  return defineAction({
    id: 'fetch:template',
    description: 'Renders a folder of templates into the workspace: contents and names.',
    input: z.object({ url: fetchedUrl, targetPath, token, ...rendering, ...selection }),
    output: z.object({}),
    examples: [
      {
        description: 'Render the skeleton that lies beside the template',
        example:
          'action: fetch:template\ninput:\n  url: ./skeleton\n  values:\n    name: ${{ parameters.name }}\n    owner: ${{ parameters.owner }}\n',
      },
    ],
    workspace: 'write',
    secretInputs: ['token'],
    async run({ url, ...input }, context) {
      await renderInto(await files.folder(url, context), input, context);
      return {};
    },
  });
}

function fetchTemplateFile(files: ContentFiles, renderInto: RenderInto): ScaffolderAction {
  return defineAction({
    id: 'fetch:template:file',
    description: 'Renders one file into the workspace.',
    input: z.object({ url: fetchedUrl, targetPath: z.string().min(1).max(1_000), token, ...rendering }),
    output: z.object({}),
    examples: [
      {
        description: 'Render one file',
        example:
          'action: fetch:template:file\ninput:\n  url: ./files/service.yaml\n  targetPath: deploy/service.yaml\n  values:\n    name: ${{ parameters.name }}\n',
      },
    ],
    workspace: 'write',
    secretInputs: ['token'],
    async run({ url, targetPath: target, ...input }, context) {
      const bytes = await files.file(url, context);
      await renderInto([oneFile(target, bytes)], { ...input, targetPath: folderOf(target) }, context);
      return {};
    },
  });
}

function workspaceTemplate(renderInto: RenderInto): ScaffolderAction {
  return defineAction({
    id: 'workspace:template',
    description: 'Renders a folder of the workspace into another one of it.',
    input: z.object({
      sourcePath: z.string().max(1_000),
      targetPath: z.string().max(1_000),
      ...rendering,
      ...selection,
    }),
    output: z.object({}),
    examples: [
      {
        description: 'Render what another step has fetched',
        example:
          'action: workspace:template\ninput:\n  sourcePath: ./fetched\n  targetPath: ./service\n  values:\n    name: ${{ parameters.name }}\n',
      },
    ],
    workspace: 'write',
    async run({ sourcePath, ...input }, context) {
      demandApart(sourcePath, input.targetPath);
      await renderInto(await filesBelow(sourcePath, context), input, context);
      return {};
    },
  });
}

function workspaceTemplateFile(renderInto: RenderInto): ScaffolderAction {
  return defineAction({
    id: 'workspace:template:file',
    description: 'Renders one file of the workspace to another place of it.',
    input: z.object({
      sourcePath: z.string().min(1).max(1_000),
      targetPath: z.string().min(1).max(1_000),
      ...rendering,
    }),
    output: z.object({}),
    examples: [
      {
        description: 'Render one file',
        example:
          'action: workspace:template:file\ninput:\n  sourcePath: ./README.md.njk\n  targetPath: ./README.md\n  values:\n    name: ${{ parameters.name }}\n',
      },
    ],
    workspace: 'write',
    async run({ sourcePath, targetPath: target, ...input }, context) {
      const bytes = await context.workspace.read(sourcePath);
      await renderInto([oneFile(target, bytes)], { ...input, targetPath: folderOf(target) }, context);
      return {};
    },
  });
}

/** What the renderer is told; an option that is not given is not there. */
function skeletonOptions({
  copyWithoutTemplating,
  copyWithoutRender,
  templateFileExtension,
  cookiecutterCompat,
  trimBlocks,
  lstripBlocks,
  values,
}: Omit<Rendering, 'replace'>): SkeletonOptions {
  return {
    ...{ cookiecutterCompat, trimBlocks, lstripBlocks, values },
    ...(copyWithoutTemplating && { copyWithoutTemplating }),
    ...(copyWithoutRender && { copyWithoutRender }),
    ...(templateFileExtension !== undefined && { templateFileExtension }),
  };
}

async function filesBelow(folder: string, { workspace }: ActionContext): Promise<PlacedFile[]> {
  const root = workspacePath(folder);
  const files: PlacedFile[] = [];
  for (const { path, isExecutable } of workspace.list(root)) {
    const relative = root === '' ? path : path.slice(root.length + 1);
    files.push({ path: relative, bytes: await workspace.read(path), isExecutable });
  }
  return files;
}

/** The name is not a template: it was given as it shall be. */
function oneFile(target: string, bytes: Uint8Array): PlacedFile {
  return { path: target.slice(target.lastIndexOf('/') + 1), bytes, isExecutable: false };
}

function folderOf(target: string): string {
  const end = target.lastIndexOf('/');
  return end < 0 ? '.' : target.slice(0, end);
}

function demandApart(source: string, target: string): void {
  const [from, to] = [workspacePath(source), workspacePath(target)];
  const isWithin = (inner: string, outer: string) =>
    outer === '' || inner === outer || inner.startsWith(`${outer}/`);
  if (!isWithin(from, to) && !isWithin(to, from)) return;
  throw new ActionFailure(
    `sourcePath "${source}" and targetPath "${target}" lie within each other.`,
    'Choose a target folder that is neither the source nor above or below it.',
  );
}
