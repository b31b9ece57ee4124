import { createHash, timingSafeEqual } from 'node:crypto';
import { verify } from '@octokit/webhooks-methods';

/** What a delivery brings to prove where it comes from. */
export interface DeliveryProof {
  /** GitHub: HMAC over the body, `sha256=…`. */
  signature: string | undefined;
  /** GitLab: the secret itself. */
  token: string | undefined;
}

/** Whether a delivery comes from somebody who knows the secret. Takes the same time for every wrong one. */
export async function isGenuine(
  source: 'github' | 'gitlab',
  secret: string,
  body: Buffer,
  { signature, token }: DeliveryProof,
): Promise<boolean> {
  if (source === 'gitlab') return token !== undefined && timingSafeEqual(digest(token), digest(secret));
  if (signature === undefined || !/^sha256=[0-9a-f]{64}$/.test(signature)) return false;
  return verify(secret, body.toString('utf8'), signature);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
