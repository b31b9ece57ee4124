import { z } from 'zod';
import type { SourceContent } from '../../sources/index.ts';
import type { PlacedFile } from '../engine/template-task.ts';
import { ActionFailure, defineAction, type ActionContext, type ScaffolderAction } from './action.ts';

const url = z
  .string()
  .min(1)
  .max(2_000)
  .describe('A folder relative to the template, or the URL of one in a repository on a known host');
const targetPath = z.string().max(1_000).default('.').describe('A folder of the workspace');
const token = z.string().optional().describe('Not used: the server has its own token for each host');

/** Actions that bring files into the workspace as they are. */
export function createFetchActions(
  content: Pick<SourceContent, 'readFolder' | 'readFile'>,
): ScaffolderAction[] {
  const files = createContentFiles(content);
  return [
    defineAction({
      id: 'fetch:plain',
      description: 'Copies a folder into the workspace.',
      input: z.object({ url, targetPath, token }),
      output: z.object({}),
      examples: [
        {
          description: 'Copy the folder that lies beside the template',
          example: 'action: fetch:plain\ninput:\n  url: ./skeleton\n  targetPath: ./service\n',
        },
      ],
      workspace: 'write',
      secretInputs: ['token'],
      async run(input, context) {
        const found = await files.folder(input.url, context);
        for (const file of found)
          await context.workspace.write(`${input.targetPath}/${file.path}`, file.bytes, file);
        context.log.info(`Copied ${found.length} files from ${input.url}`);
        return {};
      },
    }),
    defineAction({
      id: 'fetch:plain:file',
      description: 'Copies one file into the workspace.',
      input: z.object({ url, targetPath: z.string().min(1).max(1_000), token }),
      output: z.object({}),
      examples: [
        {
          description: 'Copy a file of another repository',
          example:
            'action: fetch:plain:file\ninput:\n  url: https://github.com/acme/standards/blob/main/.editorconfig\n  targetPath: .editorconfig\n',
        },
      ],
      workspace: 'write',
      secretInputs: ['token'],
      async run(input, context) {
        const bytes = await files.file(input.url, context);
        await context.workspace.write(input.targetPath, bytes);
        context.log.info(`Copied ${input.url} to ${input.targetPath}`);
        return {};
      },
    }),
  ];
}

/** Files that an address names, from the template's own folder or from elsewhere. */
export interface ContentFiles {
  folder(url: string, context: ActionContext): Promise<readonly PlacedFile[]>;
  file(url: string, context: ActionContext): Promise<Uint8Array>;
}

/** A dry run has its own files beside the template: those that it was given. */
export function createContentFiles(content: Pick<SourceContent, 'readFolder' | 'readFile'>): ContentFiles {
  const isElsewhere = (address: string) => /^[a-z]+:/i.test(address);
  return {
    async folder(address, { place, givenFiles, signal, noteTemplateVersion }) {
      if (!givenFiles || isElsewhere(address)) {
        const { revision, files } = await content.readFolder(place, address, signal);
        if (!isElsewhere(address)) noteTemplateVersion(revision);
        return files;
      }
      const folder = plainPath(address);
      const found = [...givenFiles].flatMap(([path, bytes]) => {
        if (folder !== '' && !path.startsWith(`${folder}/`)) return [];
        return [{ path: folder === '' ? path : path.slice(folder.length + 1), bytes, isExecutable: false }];
      });
      if (found.length === 0) throw notGiven(address);
      return found;
    },
    async file(address, { place, givenFiles, signal }) {
      if (!givenFiles || isElsewhere(address)) return content.readFile(place, address, signal);
      const given = givenFiles.get(plainPath(address));
      if (!given) throw notGiven(address);
      return given;
    },
  };
}

function notGiven(address: string): ActionFailure {
  return new ActionFailure(
    `There is no file or folder ${JSON.stringify(address)} beside the template.`,
    'Correct the path, which begins at the folder of the template, or add the file.',
  );
}

function plainPath(address: string): string {
  return address
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');
}
