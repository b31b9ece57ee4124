import type { EditorFile } from './editor-file.ts';

/** Longest path that the server takes. */
const maxPathLength = 1000;

/** What stands against a path for a file, in words; undefined when nothing does. */
export function pathProblem(path: string, files: readonly Pick<EditorFile, 'path'>[]): string | undefined {
  if (path === '') return 'Give the file a name.';
  if (path.length > maxPathLength) return `A path has at most ${maxPathLength} letters.`;
  if (path.includes('\\')) return 'Write / between folders.';
  if (path.startsWith('/')) return 'Begin with a name: the path starts at the folder of the template.';
  if (path.endsWith('/')) return 'Add the name of the file after the last /.';
  const segments = path.split('/');
  if (segments.some((segment) => ['', '.', '..'].includes(segment))) {
    return 'Write each folder by its name, without "." and "..".';
  }
  if (segments.some((segment) => segment.toLowerCase() === '.git')) return 'Git keeps ".git" for itself.';
  if (files.some((file) => file.path === path)) return 'There is a file of this name already.';
  if (files.some((file) => file.path.startsWith(`${path}/`)))
    return 'There is a folder of this name already.';
  const inTheWay = files.find((file) => path.startsWith(`${file.path}/`));
  return inTheWay && `${inTheWay.path} is a file, so nothing can lie in it.`;
}

/** With another text in one of the files. */
export function withText(files: readonly EditorFile[], path: string, text: string): EditorFile[] {
  return files.map((file) => (file.path === path ? { ...file, content: { kind: 'text', text } } : file));
}

/** With an empty file more. */
export function withNewFile(files: readonly EditorFile[], path: string): EditorFile[] {
  return sorted([...files, { path, content: { kind: 'text', text: '' }, isExecutable: false }]);
}

/** With another path for one of the files. */
export function withRenamed(files: readonly EditorFile[], path: string, newPath: string): EditorFile[] {
  return sorted(files.map((file) => (file.path === path ? { ...file, path: newPath } : file)));
}

/** Without one of the files. */
export function withoutFile(files: readonly EditorFile[], path: string): EditorFile[] {
  return files.filter((file) => file.path !== path);
}

function sorted(files: EditorFile[]): EditorFile[] {
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}
