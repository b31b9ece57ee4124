import { getOwnershipSummary, listOwnershipFindings } from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/serve.ts';
import type { OwnershipService } from './ownership.service.ts';

/** Mounts the ownership checks' part of the contract. */
export function ownershipRoutes(app: FastifyInstance, ownership: OwnershipService): void {
  serve(app, getOwnershipSummary, (_, caller) => ownership.summary(caller));
  serve(app, listOwnershipFindings, ({ params, query }, caller) =>
    ownership.findings(caller, params.check, query),
  );
}
