import { describe, expect, it } from 'vitest';
import { useTemporaryFolder } from '../../../../testing/temporary-folder.ts';
import { emptyWorkspace } from '../../workspace/scratch-workspace.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { filesWithRecord, gatheredFiles, publishedFiles } from './published-files.ts';

const folder = useTemporaryFolder();
const signal = new AbortController().signal;

async function workspaceWith(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const { workspace } = emptyWorkspace(folder.path);
  for (const [path, text] of Object.entries(files)) await workspace.write(path, Buffer.from(text));
  return workspace;
}

async function pathsOf(workspace: Workspace, source = '.', target = ''): Promise<string[]> {
  const files = await gatheredFiles(publishedFiles({ workspace, signal }, source, target));
  return files.map(({ path }) => path);
}

describe('what is published of a workspace', () => {
  it('leaves out what its .gitignore files name, the nearest of which counts most', async () => {
    const workspace = await workspaceWith({
      '.gitignore': 'node_modules/\n*.log\n!kept.log\n',
      'app/.gitignore': '/build\n!debug.log\n',
      'app/build/out.js': '',
      'app/debug.log': '',
      'app/node_modules/x/index.js': '',
      'app/src/build': '',
      'kept.log': '',
      'other.log': '',
      'ünï "code".txt': '',
    });
    const all = ['.gitignore', 'app/.gitignore', 'app/debug.log', 'app/src/build', 'kept.log'];
    expect(await pathsOf(workspace)).toEqual([...all, 'ünï "code".txt']);
    // As if the folder were all there is.
    expect(await pathsOf(workspace, 'app', 'there')).toEqual([
      ...['there/.gitignore', 'there/debug.log', 'there/node_modules/x/index.js', 'there/src/build'],
    ]);
  });

  it('takes names for names, whatever git would make of them', async () => {
    const odd = [':(exclude)a', ':(glob)**', ':/top', '!important', '*.log', '#comment', '-z'];
    const files = Object.fromEntries(odd.map((name) => [name, '']));
    const workspace = await workspaceWith({ '.gitignore': '*.tmp\n', 'x.tmp': '', ...files });
    expect(await pathsOf(workspace)).toEqual(['.gitignore', ...odd].sort());
    await workspace.write('.gitignore', Buffer.from('*.log\n:/top\n'));
    expect(await pathsOf(workspace)).not.toContain('*.log');
    expect(await pathsOf(workspace)).not.toContain(':/top');
  });

  it('publishes nothing when everything is left out, and everything when nothing is', async () => {
    const all = await workspaceWith({ '.gitignore': '*\n', 'a/b.txt': '' });
    expect(await pathsOf(all)).toEqual([]);
    const none = await workspaceWith({ '.gitignore': '', 'a/b.txt': '', 'a/build': '' });
    expect(await pathsOf(none)).toEqual(['.gitignore', 'a/b.txt', 'a/build']);
    // A pattern for folders is none for a file.
    const folders = await workspaceWith({ '.gitignore': 'build/\n', 'a/build': '', 'b/build/c': '' });
    expect(await pathsOf(folders)).toEqual(['.gitignore', 'a/build']);
  });

  it('is judged by patterns in time, however they are made', async () => {
    const name = 'a'.repeat(250);
    const patterns = Array.from({ length: 500 }, (_, index) => `${'*a'.repeat(20)}b${index}`);
    const workspace = await workspaceWith({ '.gitignore': patterns.join('\n'), [name]: '' });
    expect(await pathsOf(workspace)).toEqual(['.gitignore', name]);
  });

  it('comes with a record of just what is published, which no pattern leaves out', async () => {
    const workspace = await workspaceWith({
      '.gitignore': '.*\n!.gitignore\nsecret\n',
      'a.txt': 'a',
      secret: 's',
    });
    const provenance = { templateRef: 'template:default/t', templateVersion: undefined, values: {} };
    const files = await gatheredFiles(filesWithRecord('.', { workspace, provenance, signal }));
    expect(files.map(({ path }) => path)).toEqual(['.gitignore', '.waymark/template.yaml', 'a.txt']);
    const record = files[1]?.bytes.toString('utf8') ?? '';
    expect(record).toContain('a.txt: ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
    expect(record).not.toContain('secret');
  });
});
