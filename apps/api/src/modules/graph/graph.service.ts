import type { EndpointReply, EndpointRequest, getGraph, getImpact } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { canonicalRef, entityNotFound, type CatalogReadIndex } from '../catalog/index.ts';
import type { CatalogView } from '../catalog/index.ts';
import { describeNodes, describeOwners, kindNames } from './graph-nodes.ts';
import { countOwners, findImpact, type Affected } from './impact.ts';
import { findNeighbourhood } from './neighbourhood.ts';

type GraphInput = EndpointRequest<typeof getGraph>['query'];
type ImpactInput = EndpointRequest<typeof getImpact>['query'];

/** What can be asked about the relations between entities. */
export interface GraphService {
  getGraph(caller: Caller, query: GraphInput): Promise<EndpointReply<typeof getGraph>>;
  getImpact(caller: Caller, query: ImpactInput): Promise<EndpointReply<typeof getImpact>>;
}

export interface GraphServiceOptions {
  /** The catalog as it is, or as it was at an instant. */
  viewAt: (asOf: string | undefined) => Promise<CatalogView>;
}

export function createGraphService({ viewAt }: GraphServiceOptions): GraphService {
  return {
    async getGraph(_caller, { root, asOf, ...query }) {
      const rootRefs = [...new Set(root.map(canonicalRef))];
      const catalog = await viewAt(asOf);
      for (const ref of rootRefs) demandKnown(catalog.index, ref);
      const found = findNeighbourhood(catalog.index, { rootRefs, ...query });
      const kinds = kindNames(catalog.index);
      const described = await describeNodes(
        catalog,
        found.nodes.map(({ ref }) => ref),
      );
      return {
        rootRefs,
        nodes: described.map((node, position) => ({ ...node, depth: found.nodes[position]?.depth ?? 0 })),
        edges: found.edges,
        totalNodes: found.totalNodes,
        omitted: [...found.omitted]
          .map(([kind, count]) => ({ kind: kinds.get(kind) ?? kind, count }))
          .sort((left, right) => right.count - left.count || (left.kind < right.kind ? -1 : 1)),
        ...(found.isCountLimited ? { isCountLimited: true } : {}),
      };
    },

    async getImpact(_caller, { entityRef, depth, limit }) {
      const ref = canonicalRef(entityRef);
      const catalog = await viewAt(undefined);
      demandKnown(catalog.index, ref);
      const { affected, isCountLimited } = findImpact(catalog.index, ref, depth);
      const allOwners = countOwners(catalog.index, affected);
      const owners = allOwners.slice(0, limit);
      const shown = affected.slice(0, limit);
      const [nodes, contacts] = await Promise.all([
        describeNodes(
          catalog,
          shown.map((node) => node.ref),
        ),
        describeOwners(
          catalog,
          owners.map((owner) => owner.ref ?? ''),
        ),
      ]);
      return {
        ref,
        affected: nodes.map((node, position) => ({ ...node, ...stepOf(shown[position]) })),
        totalAffected: affected.length,
        ...(isCountLimited ? { isCountLimited: true } : {}),
        owners: owners.map(({ ref: owner, ...counts }, position) => ({
          ...(owner === undefined ? {} : { ref: owner }),
          ...contacts[position],
          ...counts,
        })),
        totalOwners: allOwners.length,
      };
    },
  };
}

/** How an affected entity was reached. There is one for each described node. */
function stepOf(node: Affected | undefined): Pick<Affected, 'depth' | 'via' | 'viaRelation'> {
  return { depth: node?.depth ?? 0, via: node?.via ?? '', viaRelation: node?.viaRelation ?? '' };
}

/** A ref counts as known when the catalog has it or an entity names it. */
function demandKnown(index: CatalogReadIndex, ref: string): void {
  let isKnown = index.slotOf(ref) !== undefined;
  if (!isKnown) index.eachRelationTo(ref, () => (isKnown = true));
  if (!isKnown) index.eachRelationFrom(ref, () => (isKnown = true));
  if (!isKnown) throw entityNotFound(ref);
}
