import { parseRef } from '@waymark/catalog-model';
import type { GraphNode } from '@waymark/contracts';
import type { CatalogReadIndex, CatalogView } from '../catalog/index.ts';
import { kindOf } from './ref-kind.ts';

/** What is read of an entity beside its relations. */
interface EntitySummary {
  kind: string;
  metadata: { name: string; namespace?: string; title?: string };
  spec?: { type?: unknown; lifecycle?: unknown; profile?: { displayName?: unknown; email?: unknown } };
}

/** The node of each ref, without its depth, in the order of the refs. */
export async function describeNodes(
  { index, documents }: CatalogView,
  refs: readonly string[],
): Promise<Omit<GraphNode, 'depth'>[]> {
  // What the index knows is taken before the wait: it may change meanwhile.
  const kinds = kindNames(index);
  const places = refs.map((ref) => placeOf(index, ref));
  const summaries = await readSummaries({ index, documents }, refs);
  return refs.map((ref, position) => {
    const summary = summaries[position];
    const { kind, namespace, name } = summary ? nameOf(summary) : parseRef(ref);
    const title = summary && titleOf(summary);
    return {
      ref,
      ...{ kind: kinds.get(kind.toLowerCase()) ?? kind, namespace, name },
      ...(title === undefined ? {} : { title }),
      ...textOf('type', summary?.spec?.type),
      ...textOf('lifecycle', summary?.spec?.lifecycle),
      ...places[position],
      isMissing: summary === undefined,
    };
  });
}

/** Title and e-mail address of each owner, in the order of the refs. */
export async function describeOwners(
  catalog: CatalogView,
  refs: readonly string[],
): Promise<{ title?: string; email?: string }[]> {
  const summaries = await readSummaries(catalog, refs);
  return summaries.map((summary) => {
    const title = summary && titleOf(summary);
    return {
      ...(title === undefined ? {} : { title }),
      ...textOf('email', summary?.spec?.profile?.email),
    };
  });
}

/** Lower-case kind → how the catalog writes it. */
export function kindNames(index: CatalogReadIndex): ReadonlyMap<string, string> {
  const kinds = index.facet('kind', index.filter([]));
  return new Map(kinds.map(({ value }) => [value.toLowerCase(), value]));
}

async function readSummaries(
  { index, documents }: CatalogView,
  refs: readonly string[],
): Promise<(EntitySummary | undefined)[]> {
  const slots = refs.map((ref) => index.slotOf(ref) ?? -1);
  const texts = await documents.read(index, slots);
  return texts.map((text) =>
    // The text was validated as an entity when it came in.
    text === undefined ? undefined : (JSON.parse(text) as EntitySummary),
  );
}

function nameOf({ kind, metadata }: EntitySummary) {
  return { kind, namespace: metadata.namespace ?? 'default', name: metadata.name };
}

function titleOf({ metadata, spec }: EntitySummary): string | undefined {
  const displayName = spec?.profile?.displayName;
  return metadata.title ?? (typeof displayName === 'string' ? displayName : undefined);
}

/** Kinds of one's own may have anything in a field. */
function textOf<Key extends string>(key: Key, value: unknown): Partial<Record<Key, string>> {
  // A computed key loses its name in the type.
  return typeof value === 'string' ? ({ [key]: value } as Record<Key, string>) : {};
}

/** Whose and what part an entity is; the domain of a part is that of its system. */
function placeOf(
  index: CatalogReadIndex,
  ref: string,
): Pick<GraphNode, 'ownerRef' | 'systemRef' | 'domainRef'> {
  const own = containersOf(index, ref);
  const domainRef =
    own.domainRef ?? (own.systemRef === undefined ? undefined : containersOf(index, own.systemRef).domainRef);
  return { ...own, ...(domainRef === undefined ? {} : { domainRef }) };
}

function containersOf(index: CatalogReadIndex, ref: string) {
  const place: { ownerRef?: string; systemRef?: string; domainRef?: string } = {};
  index.eachRelationFrom(ref, (type, targetRef) => {
    if (type === 'ownedBy') place.ownerRef ??= targetRef;
    else if (type === 'partOf' && kindOf(targetRef) === 'system') place.systemRef ??= targetRef;
    else if (type === 'partOf' && kindOf(targetRef) === 'domain') place.domainRef ??= targetRef;
  });
  return place;
}
