import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { GitError } from '../../../../platform/git/git-error.ts';
import type { RepositoryReading } from '../../../repositories/index.ts';
import { FILE_MODES } from '../repository-tree.ts';
import { SourceReadError } from '../source-reader.ts';
import type { HostApi } from './host-api.ts';

const pack = promisify(gzip);
/** Packed and unpacked in the same process: time counts, size does not. */
const PACKING = { level: 1 };

/** The repositories of this server itself, in the shape of the API of a host; nothing goes over a network. */
export function createKeptApi(kept: RepositoryReading): HostApi {
  return {
    openFile: (file, etag, signal) =>
      readable(async () => {
        const reading = await kept.readFile(file, etag?.replaceAll('"', ''), signal);
        if (reading.state === 'missing') return new Response(null, { status: 404 });
        const headers = { etag: `"${reading.blobId}"` };
        return reading.state === 'unchanged'
          ? new Response(null, { status: 304, headers })
          : new Response(new Uint8Array(reading.bytes), { headers });
      }),

    readTree: (at, signal) =>
      readable(async () => {
        const files = await kept.listFiles(at, signal);
        if (!files) return { state: 'missing' };
        const entries = files.filter(({ mode }) => FILE_MODES.has(mode));
        return { state: 'read', entries: entries.map(({ path, blobId }) => ({ path, blobId })) };
      }),

    commitOf: (at, signal) => readable(() => kept.commitOf(at, signal)),

    openArchive: (at, signal) =>
      readable(async () => {
        const archive = await kept.archive(at, signal);
        if (!archive) return new Response(null, { status: 404 });
        return new Response(new Uint8Array(await pack(archive, PACKING)));
      }),

    async describe(repository) {
      const found = await kept.find(repository);
      if (!found) return undefined;
      const { name, description, defaultBranch, isArchived } = found;
      return { name, description, defaultBranch, isArchived, language: undefined };
    },
  };
}

/** What git cannot read, in words for whoever registered the source. */
async function readable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new SourceReadError(
      error.code,
      error.message,
      error.code === 'git.too-large'
        ? 'Split the file into several ones.'
        : 'It is tried again by itself. If it stays, check the folder of the repository with git fsck.',
      error,
    );
  }
}
