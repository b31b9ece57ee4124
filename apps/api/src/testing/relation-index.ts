import { flattenFacts, parseRef } from '@waymark/catalog-model';
import { CatalogReadIndex } from '../modules/catalog/read-index/catalog-read-index.ts';

/** An index of entities that have nothing but relations: ref → declared edges, `type target-ref`. */
export function indexOfRelations(entities: Readonly<Record<string, readonly string[]>>): CatalogReadIndex {
  const index = new CatalogReadIndex();
  const upserts = Object.entries(entities).map(([ref, edges], position) => ({
    id: position + 1,
    ref,
    uid: String(position + 1),
    version: 1,
    facts: factsOf(ref),
    relations: edges.map((edge) => {
      const [type = '', targetRef = ''] = edge.split(' ');
      return { type, targetRef };
    }),
  }));
  index.apply({ version: 1, upserts, removals: [] });
  return index;
}

function factsOf(ref: string) {
  const { kind, namespace, name } = parseRef(ref);
  return flattenFacts({ apiVersion: 'backstage.io/v1alpha1', kind, metadata: { namespace, name } });
}
