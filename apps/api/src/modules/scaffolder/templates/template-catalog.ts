import type { Entity } from '@waymark/contracts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { canonicalRef, eachBit, parseFilters, type CatalogReader } from '../../catalog/index.ts';

/** Templates, as the catalog has them. */
export interface TemplateCatalog {
  /** @throws AppError `scaffolder.template-not-found` */
  find(ref: string): Promise<{ ref: string; entity: Entity }>;
  list(limit: number): Promise<{ entities: { ref: string; entity: Entity }[]; isTruncated: boolean }>;
  /** Undefined for a person of whom the catalog knows nothing. */
  person(ref: string): Promise<Entity | undefined>;
}

const TEMPLATES = parseFilters(['kind=template']);

/** Templates as the index of the catalog knows them. */
export function createTemplateCatalog(reader: CatalogReader): TemplateCatalog {
  async function read(slots: readonly number[]): Promise<(Entity | undefined)[]> {
    const texts = await reader.documents.read(reader.index(), slots);
    // What the catalog composes is an entity.
    return texts.map((text) => (text === undefined ? undefined : (JSON.parse(text) as Entity)));
  }

  async function find(ref: string): Promise<{ ref: string; entity: Entity } | undefined> {
    const slot = reader.index().slotOf(ref);
    if (slot === undefined) return undefined;
    const [entity] = await read([slot]);
    return entity && { ref, entity };
  }

  return {
    async find(written) {
      const ref = templateRef(written);
      const found = await find(ref);
      if (found?.entity.kind.toLowerCase() === 'template') return found;
      throw new AppError(
        'scaffolder.template-not-found',
        `There is no template ${written}. See /create for those that there are.`,
      );
    },

    async list(limit) {
      const index = reader.index();
      const slots: number[] = [];
      eachBit(index.filter(TEMPLATES), (slot) => slots.push(slot));
      const shown = slots.slice(0, limit);
      const refs = shown.map((slot) => index.refOf(slot));
      const entities = await read(shown);
      return {
        entities: entities.flatMap((entity, position) => {
          const ref = refs[position];
          return entity && ref !== undefined ? [{ ref, entity }] : [];
        }),
        isTruncated: slots.length > limit,
      };
    },

    person: async (ref) => (await find(ref))?.entity,
  };
}

/** A name alone is that of a template. */
function templateRef(written: string): string {
  return canonicalRef(written.includes(':') ? written : `template:${written}`);
}
