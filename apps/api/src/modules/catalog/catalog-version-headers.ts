import type { FastifyInstance } from 'fastify';
import { catalogVersionHeaders } from '@waymark/contracts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { CatalogSynchronizer } from './catalog-synchronizer.ts';

const CATALOG_PERMISSION = 'catalog.';

/**
 * Keeps each client from going back in time when several processes answer it: an answer about the
 * catalog tells its version, and a request that repeats the newest version its client has seen is
 * answered from that version on.
 */
export function addCatalogVersionHeaders(
  app: FastifyInstance,
  synchronizer: Pick<CatalogSynchronizer, 'reach' | 'shownVersion'>,
): void {
  app.addHook('preHandler', async (request) => {
    const wanted = request.headers[catalogVersionHeaders.atLeast];
    if (wanted === undefined || !isAboutCatalog(request.routeOptions.config.permission)) return;
    const version = Number(wanted);
    if (!Number.isSafeInteger(version) || version < 0) {
      throw new AppError(
        'request.invalid',
        `The header ${catalogVersionHeaders.atLeast} must be a version that an answer has told, not "${String(wanted)}".`,
      );
    }
    if (!(await synchronizer.reach(version))) {
      throw new AppError(
        'catalog.not-ready',
        'This server cannot reach the database, and what it knows is older than what you have seen. Try again soon.',
      );
    }
  });
  app.addHook('onSend', async (request, reply) => {
    if (!isAboutCatalog(request.routeOptions.config.permission)) return;
    reply.header(catalogVersionHeaders.version, String(synchronizer.shownVersion));
  });
}

function isAboutCatalog(permission: string | undefined): boolean {
  return permission?.startsWith(CATALOG_PERMISSION) === true;
}
