import { stringifyRef } from '@waymark/catalog-model';
import type { EndpointReply, EndpointRequest, EntityOrigin } from '@waymark/contracts';
import type { getEntitiesByRefs, getEntityAncestry } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { SerializedReply } from '../../platform/http/serialized-reply.ts';
import type { CatalogRepository } from './catalog.repository.ts';
import type { CatalogReader, CatalogRequest } from './catalog-reader.ts';
import { createAncestry, type LeadsTo } from './entity-ancestry.ts';
import { fieldPaths, projectJson } from './entity-fields.ts';
import { canonicalRef, entityNotFound, type EntityName } from './entity-name.ts';
import { matchesOf } from './entity-query.ts';
import type { CatalogReadIndex } from './read-index/catalog-read-index.ts';
import { hasBit } from './read-index/slot-set.ts';
import { NO_SLOT, readWhole } from './whole-read.ts';

type ByRefsInput = EndpointRequest<typeof getEntitiesByRefs>;

/** Questions about entities that the caller can name. They come as JSON text, ready to send. */
export interface EntityReads {
  getEntity(caller: Caller, name: EntityName, request?: CatalogRequest): Promise<SerializedReply>;
  getEntityByUid(caller: Caller, uid: string): Promise<SerializedReply>;
  getEntitiesByRefs(caller: Caller, input: ByRefsInput): Promise<SerializedReply>;
  getAncestry(caller: Caller, name: EntityName): Promise<EndpointReply<typeof getEntityAncestry>>;
  getOrigin(caller: Caller, name: EntityName): Promise<EntityOrigin>;
}

const VIEW_URL = 'backstage.io/view-url';
const EDIT_URL = 'backstage.io/edit-url';

export function createEntityReads(
  reader: CatalogReader,
  repository: Pick<CatalogRepository, 'readOrigin' | 'readPlaces'>,
  leadsTo: LeadsTo,
): EntityReads {
  const readAncestry = createAncestry(reader, repository, leadsTo);
  const readOne = async (
    request: CatalogRequest | undefined,
    slotIn: (index: CatalogReadIndex) => number | undefined,
    name: string,
  ): Promise<SerializedReply> => {
    const { items } = await readWhole(reader, request, (index) => ({
      slots: [slotIn(index) ?? NO_SLOT],
      selected: undefined,
    }));
    const [json] = items;
    if (json === undefined) throw entityNotFound(name);
    return new SerializedReply(json);
  };
  return {
    async getEntity(_caller, name, request) {
      const ref = stringifyRef(name);
      return readOne(request, (index) => index.slotOf(ref), ref);
    },

    getEntityByUid: (_caller, uid) =>
      readOne(undefined, (index) => index.slotOfUid(uid), `with the uid ${uid}`),

    async getEntitiesByRefs(_caller, { query: { filter }, body: { entityRefs, fields, query } }) {
      const refs = entityRefs.map(canonicalRef);
      const paths = fieldPaths(fields);
      const { items } = await readWhole(reader, undefined, (index) => {
        const matches = matchesOf(index, { filter, query });
        const slots = refs.map((ref) => {
          const slot = index.slotOf(ref);
          return slot !== undefined && hasBit(matches, slot) ? slot : NO_SLOT;
        });
        return { slots, selected: undefined };
      });
      const json = items.map((item) => (item === undefined ? 'null' : projectJson(item, paths)));
      return new SerializedReply(`{"items":[${json.join(',')}]}`);
    },

    getAncestry: (_caller, name) => readAncestry(stringifyRef(name)),

    async getOrigin(_caller, name) {
      const ref = stringifyRef(name);
      const row = await repository.readOrigin(ref);
      if (!row) throw entityNotFound(ref);
      const { annotations, ...origin } = row;
      return {
        ...origin,
        ...(annotations[VIEW_URL] === undefined ? {} : { viewUrl: annotations[VIEW_URL] }),
        ...(annotations[EDIT_URL] === undefined ? {} : { editUrl: annotations[EDIT_URL] }),
      };
    },
  };
}
