import type {
  FileContent,
  ListedFile,
  SourceListing,
  SourceReader,
} from '../modules/sources/readers/source-reader.ts';

/** A listing that is there: fails the test when the reader says that nothing changed. */
export async function listAll(
  reader: SourceReader,
  signal = new AbortController().signal,
): Promise<SourceListing> {
  const listing = await reader.list(undefined, signal);
  if (listing === undefined) throw new Error('The reader took a first reading for an unchanged one.');
  return listing;
}

/** Contents as text and problems as codes, by path. */
export async function readAll(
  reader: SourceReader,
  files: readonly ListedFile[],
): Promise<Record<string, string>> {
  const contents: FileContent[] = [];
  for await (const content of reader.read(files, new AbortController().signal)) contents.push(content);
  return Object.fromEntries(
    contents.map((content) => [
      content.path,
      'problem' in content ? `problem: ${content.problem.code}` : Buffer.from(content.bytes).toString('utf8'),
    ]),
  );
}

/** What tests compare of a listing: paths in order, and problems as `path: code`. */
export function summarize({ files, problems, isComplete }: SourceListing) {
  return {
    paths: files.map(({ path }) => path),
    problems: problems.map(({ path, code }) => `${path}: ${code}`),
    isComplete,
  };
}
