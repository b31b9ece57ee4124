import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Encrypts the secrets of runs, which wait in the database for their worker. */
export interface SecretBox {
  /** Undefined for no secrets. */
  encrypt(secrets: Readonly<Record<string, string>>): Buffer | undefined;
  /** @throws when they were encrypted with another key */
  decrypt(box: Buffer | undefined): Record<string, string>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: nonce, tag, text. */
export function createSecretBox(key: Buffer): SecretBox {
  return {
    encrypt(secrets) {
      if (Object.keys(secrets).length === 0) return undefined;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    decrypt(box) {
      if (!box) return {};
      const textStart = NONCE_BYTES + TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(box.subarray(NONCE_BYTES, textStart));
      const text = Buffer.concat([decipher.update(box.subarray(textStart)), decipher.final()]);
      // What was encrypted above.
      return JSON.parse(text.toString('utf8')) as Record<string, string>;
    },
  };
}
