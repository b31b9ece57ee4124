import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const KEY_BYTES = 32;
const KEY_FILE = 'scaffolder.key';

/** The key of an installation, which all its processes share with its home; made when it is first needed. */
export function loadSecretKey(home: string): Buffer {
  const file = path.join(home, KEY_FILE);
  mkdirSync(home, { recursive: true });
  try {
    writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = readFileSync(file);
  if (key.length !== KEY_BYTES) throw new Error(`${file} is damaged: it should have ${KEY_BYTES} bytes.`);
  return key;
}
