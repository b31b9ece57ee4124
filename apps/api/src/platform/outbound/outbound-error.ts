/** Why a request to another server was refused or failed. */
export type OutboundErrorCode =
  | 'outbound.bad-url'
  | 'outbound.host-not-allowed'
  | 'outbound.private-address'
  | 'outbound.bad-redirect'
  | 'outbound.too-large'
  | 'outbound.timeout'
  | 'outbound.unreachable';

/** A request that was not made, or not to its end. The message is a sentence for the person who gave the URL. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  readonly code: OutboundErrorCode;
  /** What to do about it. */
  readonly hint: string;

  constructor(code: OutboundErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}
