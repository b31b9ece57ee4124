import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { makePluginRoutesPublic } from './request-guards.ts';
import { contentSecurityPolicy, makeNonce } from './security-headers.ts';

const NONCE_PLACEHOLDER = '__CSP_NONCE__';
const ONE_YEAR_MS = 365 * 24 * 3600 * 1000;

/** Answers a request for a page of the portal, or says that it is none. */
export type PageHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;

/**
 * Serves the built portal: hashed files for ever, compressed beforehand; `index.html` for every path
 * that is no file, with a fresh style nonce in it and in its policy.
 *
 * @returns the handler for pages, for the not-found door to call.
 */
export async function servePortalFiles(app: FastifyInstance, directory: string): Promise<PageHandler> {
  const indexFile = path.join(directory, 'index.html');
  if (!existsSync(indexFile)) return async () => false;
  const index = await readFile(indexFile, 'utf8');
  await app.register(async (files) => {
    makePluginRoutesPublic(files);
    await files.register(fastifyStatic, {
      root: directory,
      index: false,
      wildcard: false,
      preCompressed: true,
      globIgnore: ['**/*.html', '**/*.br', '**/*.gz'],
      setHeaders: (reply, file) => {
        const isHashed = file.includes(`${path.sep}assets${path.sep}`);
        reply.header(
          'cache-control',
          isHashed ? `public, max-age=${ONE_YEAR_MS / 1000}, immutable` : 'no-cache',
        );
      },
    });
  });
  return async (request, reply) => {
    if (!isPageRequest(request)) return false;
    const nonce = makeNonce();
    await reply
      .code(200)
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': contentSecurityPolicy(nonce),
      })
      .send(index.replaceAll(NONCE_PLACEHOLDER, nonce));
    return true;
  };
}

/** Paths of pages have no file ending in their first segment's place and are not below the API. */
function isPageRequest(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const [pathname = '/'] = request.url.split('?');
  if (/^\/(api|git|assets|livez|readyz|metrics)(\/|$)/.test(pathname)) return false;
  // An entity's name may hold a dot, so only files at the root are taken for files.
  return pathname.slice(1).includes('/') || !pathname.includes('.');
}
