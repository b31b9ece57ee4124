import { randomBytes } from 'node:crypto';
import { serverPaths } from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';

/** The policy of `docs/decisions`: scripts and styles come from this server alone, styles also by nonce. */
export function contentSecurityPolicy(styleNonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data: https:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** For answers that are no page: nothing in them may run or load. */
const NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

export function makeNonce(): string {
  return randomBytes(16).toString('base64');
}

/** What every answer carries that says nothing else; a page sets its own policy. */
export function answerHeaders(requestId: string, url: string): Record<string, string> {
  return {
    'content-security-policy': NO_CONTENT_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'x-request-id': requestId,
    ...(url.startsWith(serverPaths.api) ? { 'cache-control': 'no-store' } : {}),
  };
}

/** Puts the security headers on every answer, errors and static files too. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    for (const [name, value] of Object.entries(answerHeaders(request.id, request.url))) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
  });
}
