import { createHash } from 'node:crypto';
import type { KindRules } from './kind-rules.ts';

/** Which source a fingerprint is of. */
export type FingerprintedSource = Parameters<KindRules['allowedFor']>[0];

/**
 * Gives the identity of everything but the content that decides what becomes of a file of a source: parser, kinds and
 * limits, and the rules that speak of the source. Rules are configuration too: where they change, every verdict is
 * given anew.
 */
export function createSourceFingerprint(
  parserFingerprint: string,
  kindRules: KindRules,
): (source: FingerprintedSource) => string {
  return (source) => {
    const allowedKinds = kindRules.allowedFor(source);
    if (allowedKinds === undefined) return parserFingerprint;
    const digest = createHash('sha256').update(JSON.stringify(allowedKinds)).digest('hex').slice(0, 8);
    return `${parserFingerprint}-${digest}`;
  };
}
