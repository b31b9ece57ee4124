import { mkdir, open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** So much of a layer is kept in memory: what small steps write is never read from the disk. */
const MAX_BYTES_IN_MEMORY = 256 * 1024;
/** At the end of a whole layer: length of the contents (32 bits, little endian), then this. */
const SEAL = Buffer.from('waymark1');
const TRAILER_BYTES = 4 + SEAL.length;

/**
 * What one step has written to a workspace, in one file of the disk: the bytes of its files one after the other, then
 * the contents of the whole workspace, then a seal. A layer without its seal was broken off, and counts for nothing.
 */
export class Layer {
  readonly name: string;
  readonly #directory: string;
  /** Parts that are in memory, by their offsets: those not yet written, and all of a small layer. */
  readonly #parts = new Map<number, Uint8Array>();
  #end = 0;
  #isSealed: boolean;
  #file: Promise<FileHandle> | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(directory: string, name: string, isSealed: boolean) {
    this.#directory = directory;
    this.name = name;
    this.#isSealed = isSealed;
  }

  /** A new layer. Nothing is on the disk before there is much of it, or it is sealed. */
  static begin(directory: string, name: string): Layer {
    return new Layer(directory, name, false);
  }

  /** A layer that was sealed before. */
  static of(directory: string, name: string): Layer {
    return new Layer(directory, name, true);
  }

  /** Takes bytes, which nobody may change before `written` resolves. */
  append(bytes: Uint8Array): { offset: number; written: Promise<void> } {
    const offset = this.#end;
    this.#end += bytes.length;
    const isSmall = this.#end <= MAX_BYTES_IN_MEMORY;
    // A copy: what stays for long may be a small piece of a large archive.
    if (bytes.length > 0) this.#parts.set(offset, isSmall ? Buffer.from(bytes) : bytes);
    if (isSmall) return { offset, written: this.#writing };
    this.#writing = this.#writing.then(() => this.#writeParts());
    return { offset, written: this.#writing };
  }

  /** Bytes that were appended in one piece. */
  async read(offset: number, length: number): Promise<Buffer> {
    const part = this.#parts.get(offset);
    if (length === 0 || part) return Buffer.from(part ?? []);
    const file = await this.#open();
    const bytes = Buffer.alloc(length);
    for (let done = 0; done < length;) {
      const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
      if (bytesRead === 0) throw new Error(`The layer ${this.name} of a workspace ends early.`);
      done += bytesRead;
    }
    return bytes;
  }

  /** Ends the layer with the contents of the workspace, all at once. */
  async seal(contents: string): Promise<void> {
    const table = Buffer.from(contents);
    const length = Buffer.alloc(TRAILER_BYTES - SEAL.length);
    length.writeUInt32LE(table.length);
    const ending = [table, length, SEAL];
    if (this.#file) {
      await this.#writing;
      await writeWhole(await this.#file, Buffer.concat(ending), this.#end);
    } else {
      await mkdir(this.#directory, { recursive: true });
      await writeFile(this.#place(), Buffer.concat([...this.#parts.values(), ...ending]));
    }
    await rename(this.#place(), path.join(this.#directory, this.name));
    this.#isSealed = true;
  }

  /** Lets go of the file, which stays. */
  async close(): Promise<void> {
    await this.#writing.catch(() => {}); // whoever wrote has been told
    const file = await this.#file?.catch(() => undefined); // whoever opened it has been told
    this.#file = undefined;
    await file?.close();
  }

  /** Takes the layer away. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.#place(), { force: true });
  }

  async #writeParts(): Promise<void> {
    const parts = [...this.#parts];
    const [first] = parts;
    if (!first) return;
    await writeWhole(await this.#open(), Buffer.concat(parts.map(([, bytes]) => bytes)), first[0]);
    for (const [offset] of parts) this.#parts.delete(offset);
  }

  #open(): Promise<FileHandle> {
    this.#file ??= this.#isSealed
      ? open(this.#place(), 'r')
      : mkdir(this.#directory, { recursive: true }).then(() => open(this.#place(), 'w+'));
    return this.#file;
  }

  #place(): string {
    return path.join(this.#directory, this.#isSealed ? this.name : `${this.name}.draft`);
  }
}

/** The contents that a layer was sealed with; nothing when it is not there, or was broken off. */
export async function contentsOf(directory: string, name: string): Promise<string | undefined> {
  const file = await open(path.join(directory, name), 'r').catch(() => undefined); // not there is an answer
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    const read = async (length: number, position: number) => {
      if (length < 0 || position < 0) return undefined;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
      return bytesRead === length ? buffer : undefined;
    };
    const trailer = await read(TRAILER_BYTES, size - TRAILER_BYTES);
    if (!trailer?.subarray(-SEAL.length).equals(SEAL)) return undefined;
    const length = trailer.readUInt32LE();
    return (await read(length, size - TRAILER_BYTES - length))?.toString('utf8');
  } finally {
    await file.close();
  }
}

async function writeWhole(file: FileHandle, bytes: Buffer, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done);
    done += bytesWritten;
  }
}
