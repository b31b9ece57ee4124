import { getApiDefinition, getApiDefinitionChanges } from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/serve.ts';
import type { ApiDefinitionsService } from './api-definitions.service.ts';

/** Mounts the definitions' part of the contract. */
export function apiDefinitionsRoutes(app: FastifyInstance, definitions: ApiDefinitionsService): void {
  serve(app, getApiDefinition, ({ params }, caller) => definitions.getDefinition(caller, params));
  serve(app, getApiDefinitionChanges, ({ params, query }, caller) =>
    definitions.getChanges(caller, params, query),
  );
}
