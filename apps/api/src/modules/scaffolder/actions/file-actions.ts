import { z } from 'zod';
import { ActionFailure, defineAction, type ScaffolderAction } from './action.ts';

const path = z.string().min(1).max(1_000);
const listed = z.array(z.object({ name: z.string(), path: z.string(), fullPath: z.string() }));

/** Actions on files of the workspace. */
export const fileActions: readonly ScaffolderAction[] = [
  defineAction({
    id: 'fs:delete',
    description: 'Deletes files and folders of the workspace. What is not there is passed over.',
    input: z.object({ files: z.array(path).max(1_000) }),
    output: z.object({}),
    examples: [
      {
        description: 'Delete two files',
        example: 'action: fs:delete\ninput:\n  files:\n    - a.txt\n    - docs/b.txt\n',
      },
    ],
    workspace: 'write',
    async run({ files }, { workspace, log }) {
      for (const file of files) {
        const isGone = workspace.remove(file);
        log.info(isGone ? `Deleted ${file}` : `There is no ${file} to delete`);
      }
      return {};
    },
  }),
  defineAction({
    id: 'fs:rename',
    description: 'Moves files and folders of the workspace.',
    input: z.object({
      files: z.array(z.object({ from: path, to: path, overwrite: z.boolean().default(false) })).max(1_000),
    }),
    output: z.object({}),
    examples: [
      {
        description: 'Rename a file',
        example: 'action: fs:rename\ninput:\n  files:\n    - from: service.js\n      to: src/index.js\n',
      },
    ],
    workspace: 'write',
    async run({ files }, { workspace, log }) {
      for (const { from, to, overwrite } of files) {
        workspace.move(from, to, { isOverwriting: overwrite });
        log.info(`Moved ${from} to ${to}`);
      }
      return {};
    },
  }),
  defineAction({
    id: 'fs:readdir',
    description: 'Lists files and folders of the workspace.',
    input: z.object({
      paths: z.array(z.string().max(1_000)).max(100),
      recursive: z.boolean().default(false),
    }),
    output: z.object({ files: listed, folders: listed }),
    examples: [
      {
        description: 'List a folder',
        example: 'action: fs:readdir\ninput:\n  paths: [src]\n  recursive: true\n',
      },
    ],
    workspace: 'read',
    async run({ paths, recursive }, { workspace }) {
      const files: z.output<typeof listed> = [];
      const folders: z.output<typeof listed> = [];
      const pending = [...paths];
      for (let folder = pending.shift(); folder !== undefined; folder = pending.shift()) {
        const children = workspace.children(folder);
        const placed = (name: string) => ({ name, path: folder, fullPath: join(folder, name) });
        files.push(...children.files.map(placed));
        folders.push(...children.folders.map(placed));
        if (recursive) pending.push(...children.folders.map((name) => join(folder, name)));
      }
      return { files, folders };
    },
  }),
  defineAction({
    id: 'fs:read',
    description: 'Reads a text file of the workspace.',
    input: z.object({ path }),
    output: z.object({ content: z.string() }),
    examples: [{ description: 'Read a file', example: 'action: fs:read\ninput:\n  path: package.json\n' }],
    workspace: 'read',
    async run({ path: file }, { workspace }) {
      const bytes = await workspace.read(file);
      if (bytes.length > MAX_READ_BYTES) {
        throw new ActionFailure(
          `${file} has more than ${MAX_READ_BYTES / 1024} KiB.`,
          'Only short texts can be handed to later steps.',
        );
      }
      return { content: bytes.toString('utf8') };
    },
  }),
  defineAction({
    id: 'fs:write',
    description: 'Writes a text file into the workspace, in the place of one that was there.',
    input: z.object({ path, content: z.string() }),
    output: z.object({}),
    examples: [
      {
        description: 'Write a file',
        example: 'action: fs:write\ninput:\n  path: VERSION\n  content: 0.1.0\n',
      },
    ],
    workspace: 'write',
    async run({ path: file, content }, { workspace, log }) {
      await workspace.write(file, Buffer.from(content));
      log.info(`Wrote ${file}`);
      return {};
    },
  }),
];

/** What a step may hand on. */
const MAX_READ_BYTES = 256 * 1024;

function join(folder: string, name: string): string {
  const clean = folder.replace(/^\.\/?|\/+$/g, '');
  return clean === '' ? name : `${clean}/${name}`;
}
