import type { OutboundError } from '../../../../platform/outbound/index.ts';

/** Errors of the operating system and the client before a connection stands. */
const BEFORE_CONNECTION = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
]);

/** Whether it is certain of a request that failed that nothing of it has left this server. */
export function wasNeverSent(error: OutboundError): boolean {
  if (error.code === 'outbound.private-address' || error.code === 'outbound.host-not-allowed') return true;
  for (let current: unknown = error.cause; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string' && BEFORE_CONNECTION.has(current.code))
      return true;
    // Several addresses were tried: each has to have failed so.
    if (current instanceof AggregateError) {
      return current.errors.every((each: unknown) => hasCodeBeforeConnection(each));
    }
  }
  return false;
}

function hasCodeBeforeConnection(error: unknown): boolean {
  return error instanceof Error && 'code' in error && BEFORE_CONNECTION.has(String(error.code));
}
