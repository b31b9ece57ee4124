import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { entityUidParams } from './entity.ts';

/** `POST refresh`: reads the source of one entity again, soon. */
export const refreshEntity = defineEndpoint({
  name: 'refreshEntity',
  method: 'POST',
  path: '/api/catalog/refresh',
  summary: 'Read the source of an entity again',
  tag: 'catalog',
  permission: 'catalog.entity.refresh',
  body: z.looseObject({ entityRef: z.string().min(1).max(400) }),
  reply: z.object({}),
});

/** `DELETE entities/by-uid/:uid`: takes an entity out; a source that still has it brings it back at its next read. */
export const deleteEntityByUid = defineEndpoint({
  name: 'deleteEntityByUid',
  method: 'DELETE',
  path: '/api/catalog/entities/by-uid/:uid',
  summary: 'Take an entity out of the catalog until its source is read again',
  tag: 'catalog',
  permission: 'catalog.entity.delete',
  params: entityUidParams,
  status: 204,
  reply: z.null(),
});

/** `POST validate-entity`: the verdict on an entity that is not in the catalog; 400 with `errors` when it is bad. */
export const validateEntity = defineEndpoint({
  name: 'validateEntity',
  method: 'POST',
  path: '/api/catalog/validate-entity',
  summary: 'Check an entity without keeping it',
  tag: 'catalog',
  permission: 'catalog.entity.validate',
  body: z.object({ location: z.string().min(1).max(2000), entity: z.record(z.string(), z.unknown()) }),
  reply: z.object({}),
});
