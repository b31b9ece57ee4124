/**
 * Encrypts a value so that only the owner of a key can read it: libsodium's sealed box, as GitHub asks for.
 *
 * @param publicKey in base64
 * @returns in base64
 * @see https://docs.github.com/en/rest/guides/encrypting-secrets-for-the-rest-api
 */
export async function sealSecret(value: string, publicKey: string): Promise<string> {
  // Loaded when first needed: it brings a megabyte of WebAssembly.
  const { default: sodium } = await import('libsodium-wrappers');
  await sodium.ready;
  const sealed = sodium.crypto_box_seal(Buffer.from(value), Buffer.from(publicKey, 'base64'));
  return Buffer.from(sealed).toString('base64');
}
