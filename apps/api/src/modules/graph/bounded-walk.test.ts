import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walkBreadthFirst, type EachNeighbour } from './bounded-walk.ts';

type Edge = readonly [from: string, relation: string, to: string];

function neighboursIn(edges: readonly Edge[]): EachNeighbour {
  return (ref, visit) => {
    for (const [from, relation, to] of edges) if (from === ref) visit(to, relation);
  };
}

const walk = (roots: string[], edges: readonly Edge[], limits = { maxDepth: 10, maxNodes: 1000 }) =>
  walkBreadthFirst(roots, neighboursIn(edges), limits);

const edge = fc.tuple(
  fc.constantFrom(...'abcdefghij'),
  fc.constantFrom('uses', 'needs', 'reads'),
  fc.constantFrom(...'abcdefghij'),
);

/** The oracle: relaxes every edge until nothing changes. */
function distances(roots: readonly string[], edges: readonly Edge[]): Map<string, number> {
  const found = new Map(roots.map((root) => [root, 0]));
  for (let hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (const [from, , to] of edges) {
      const distance = (found.get(from) ?? Infinity) + 1;
      if (distance < (found.get(to) ?? Infinity)) {
        found.set(to, distance);
        hasChanged = true;
      }
    }
  }
  return found;
}

describe('walkBreadthFirst', () => {
  it('finds the same nodes at the same distances as relaxing every edge does', () => {
    fc.assert(
      fc.property(
        fc.array(edge, { maxLength: 40 }),
        fc.uniqueArray(fc.constantFrom(...'abc'), { minLength: 1 }),
        fc.nat(5),
        (edges, roots, maxDepth) => {
          const { nodes, isCut } = walk(roots, edges, { maxDepth, maxNodes: 1000 });
          const expected = [...distances(roots, edges)].filter(([, depth]) => depth <= maxDepth);
          expect(isCut).toBe(false);
          expect(new Map(nodes.map(({ ref, depth }) => [ref, depth]))).toEqual(new Map(expected));
        },
      ),
    );
  });

  it('gives the same nodes in the same order, whatever order the edges are told in', () => {
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 40 }), fc.infiniteStream(fc.nat()), (edges, weights) => {
        const shuffled = edges
          .map((each) => [weights.next().value ?? 0, each] as const)
          .sort(([left], [right]) => left - right)
          .map(([, each]) => each);
        expect(walk(['a'], shuffled)).toEqual(walk(['a'], edges));
      }),
    );
  });

  it('ends in a cycle, and finds the far corner of a diamond once, by the smaller way', () => {
    const edges: Edge[] = [
      ['top', 'uses', 'right'],
      ['top', 'uses', 'left'],
      ['right', 'uses', 'bottom'],
      ['left', 'uses', 'bottom'],
      ['left', 'needs', 'bottom'],
      ['bottom', 'uses', 'top'],
    ];
    expect(walk(['top'], edges).nodes).toEqual([
      { ref: 'top', depth: 0, via: undefined, viaRelation: undefined },
      { ref: 'left', depth: 1, via: 'top', viaRelation: 'uses' },
      { ref: 'right', depth: 1, via: 'top', viaRelation: 'uses' },
      { ref: 'bottom', depth: 2, via: 'left', viaRelation: 'needs' },
    ]);
  });

  it('looks at no further node once it has found enough, and says so', () => {
    const star: Edge[] = Array.from({ length: 30 }, (_, leaf) => ['hub', 'uses', `leaf-${leaf}`]);
    const far: Edge[] = [...star, ['leaf-1', 'uses', 'beyond']];
    let looks = 0;
    const counted: EachNeighbour = (ref, visit) => {
      looks += 1;
      neighboursIn(far)(ref, visit);
    };
    const { nodes, isCut } = walkBreadthFirst(['hub'], counted, { maxDepth: 5, maxNodes: 10 });
    expect({ count: nodes.length, isCut, looks }).toEqual({ count: 31, isCut: true, looks: 1 });
    expect(walk(['hub'], far, { maxDepth: 5, maxNodes: 100 })).toMatchObject({ isCut: false });
  });
});
