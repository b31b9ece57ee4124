import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of descriptor files that a test fills and changes. */
export interface SourceFolder extends AsyncDisposable {
  readonly directory: string;
  write(file: string, text: string): Promise<void>;
  remove(file: string): Promise<void>;
  move(from: string, to: string): Promise<void>;
}

/** Makes an empty temporary folder; it goes when it is disposed of. */
export async function makeSourceFolder(): Promise<SourceFolder> {
  const directory = await mkdtemp(path.join(tmpdir(), 'waymark-source-'));
  const place = async (file: string) => {
    const absolute = path.join(directory, file);
    await mkdir(path.dirname(absolute), { recursive: true });
    return absolute;
  };
  return {
    directory,
    write: async (file, text) => writeFile(await place(file), text),
    remove: async (file) => rm(path.join(directory, file), { recursive: true }),
    move: async (from, to) => rename(path.join(directory, from), await place(to)),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

/** YAML of a valid Component; `spec` lines are added as they are. */
export function componentYaml(name: string, lines: readonly string[] = []): string {
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  type: service',
    '  lifecycle: production',
    '  owner: team-a',
    ...lines.map((line) => `  ${line}`),
    '',
  ].join('\n');
}
