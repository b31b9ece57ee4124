import { gzipSync } from 'node:zlib';
import { Header } from 'tar';

const BLOCK_BYTES = 512;

/** An entry of an archive: a file, unless `type` says something else. */
export interface TarEntry {
  path: string;
  content?: Uint8Array;
  type?: 'File' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'Directory';
  linkTarget?: string;
  mode?: number;
}

/** A gzipped tar, as hosts send the contents of a repository. */
export function tarArchive(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(
    ({ path, content = new Uint8Array(), type = 'File', linkTarget, mode = 0o644 }) => {
      const header = Buffer.alloc(BLOCK_BYTES);
      new Header({
        ...{ path, type, size: content.length, mode, mtime: new Date(0), uid: 0, gid: 0 },
        ...(linkTarget === undefined ? {} : { linkpath: linkTarget }),
      }).encode(header);
      const padding = Buffer.alloc((BLOCK_BYTES - (content.length % BLOCK_BYTES)) % BLOCK_BYTES);
      return [header, content, padding];
    },
  );
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK_BYTES)]));
}
