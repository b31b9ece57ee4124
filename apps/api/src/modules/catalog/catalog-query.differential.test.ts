import { evaluateFilterPredicate, type FilterPredicate } from '@backstage/filter-predicates';
import { flattenFacts } from '@waymark/catalog-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatalogReadIndex } from './read-index/catalog-read-index.ts';
import { parseFilters } from './read-index/filter.ts';
import { parsePredicate } from './read-index/predicate.ts';
import { hasBit, type Bitmap } from './read-index/slot-set.ts';
import { key, names, refs, rows, value, type Row } from './testing/generated-catalog.ts';
import { holdsFilters, holdsPredicate, searchValues } from './testing/plain-evaluator.ts';

/**
 * The index against plain evaluators, over generated entities, filters and predicates.
 *
 * Filters: the evaluator is written from the grammar of the protocol and looks at one entity after another.
 *
 * Predicates: the evaluator of `@backstage/filter-predicates` is the oracle for everything that it can be: each matcher
 * against each search value, `$contains` against the relations, and $all, $any and $not. What it cannot be is the way
 * from a path to values, because Backstage's backend asks its search table and not the document. There
 *  - keys ignore case, and lead through lists to every value below, so one path may have several values;
 *  - numbers and yes or no are text: `true` equals "true", which the library denies;
 *  - only ends of paths have values: `metadata` does not exist, `metadata.name` does;
 *  - a value of more than 200 characters exists and equals nothing; null exists and equals nothing;
 *  - `$contains` with a plain value is equality, whether the value stands in a list or alone;
 *  - texts are compared in lower case, where the library takes upper case: "ß" and "ss" differ.
 * A last test puts whole documents before the library, on paths where both ways lead to the same value.
 */

const RUNS = 3_000;

function indexOf(all: readonly Row[]): CatalogReadIndex {
  const index = new CatalogReadIndex();
  index.apply({
    version: 1,
    upserts: all.map(({ id, ref, entity, relations }) => ({
      ...{ id, ref, relations, version: 1, uid: String(entity.metadata.uid) },
      facts: flattenFacts(entity),
    })),
    removals: [],
  });
  return index;
}

function refsIn(index: CatalogReadIndex, found: Bitmap, all: readonly Row[]): string[] {
  return all.map(({ ref }) => ref).filter((ref) => hasBit(found, index.slotOf(ref) ?? -1));
}

/** Counts answers, to prove that the generated questions are real ones: neither all of them nor none find something. */
function countAnswers() {
  const counts = { some: 0, none: 0 };
  return {
    note: (found: readonly string[]) => (counts[found.length > 0 ? 'some' : 'none'] += 1),
    expectFairShare: () => {
      expect(counts.some + counts.none).toBeGreaterThanOrEqual(RUNS);
      expect(Math.min(counts.some, counts.none)).toBeGreaterThan(RUNS / 5);
    },
  };
}

describe('the index answers as a plain evaluator does', () => {
  it('for thousands of filters', () => {
    const blank = fc.constantFrom('', '', ' ');
    const condition = fc.oneof(
      { weight: 2, arbitrary: fc.tuple(blank, key, blank).map((parts) => parts.join('')) },
      {
        weight: 6,
        arbitrary: fc
          .tuple(key, blank, value)
          .map(([left, space, right]) => `${left}${space}=${space}${right}`),
      },
      { weight: 1, arbitrary: fc.constantFrom('', ' ') },
    );
    const filter = fc.array(condition, { maxLength: 3 }).map((parts) => parts.join(','));
    const answers = countAnswers();
    fc.assert(
      fc.property(rows, fc.array(filter, { minLength: 1, maxLength: 3 }), (all, filters) => {
        const index = indexOf(all);
        const found = refsIn(index, index.filter(parseFilters(filters)), all);
        answers.note(found);
        expect(found).toEqual(
          all.filter((one) => holdsFilters(filters, searchValues(one, all))).map(({ ref }) => ref),
        );
      }),
      { numRuns: RUNS },
    );
    answers.expectFairShare();
  });

  const plain = fc.oneof(value, fc.constantFrom(7, -1.5, true, false));
  const relation = fc.record(
    {
      type: fc.constantFrom('ownedBy', 'OWNEROF', 'dependsOn', 'customTo', 'nothing'),
      targetRef: fc.oneof(
        fc.constantFrom(...refs, 'Component:Default/A'),
        fc.record({ $in: fc.array(fc.constantFrom(...refs), { minLength: 1, maxLength: 3 }) }),
      ),
    },
    { requiredKeys: ['type'] },
  );
  const matcher = fc.oneof(
    plain,
    fc.record({ $exists: fc.boolean() }),
    fc.record({ $in: fc.array(plain, { maxLength: 4 }) }),
    fc.record({ $hasPrefix: fc.oneof(value, fc.constantFrom('c', 'SER', 'component:', 'tr', 'L')) }),
    fc.record({ $contains: plain }),
  );
  const fields = fc.oneof(
    fc.dictionary(key, matcher, { maxKeys: 2 }),
    fc.record({ relations: fc.record({ $contains: relation }) }),
  );
  const { predicate } = fc.letrec<{ predicate: object }>((tie) => ({
    predicate: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'predicate' },
      { weight: 3, arbitrary: fields },
      { weight: 1, arbitrary: fc.record({ $all: fc.array(tie('predicate'), { maxLength: 3 }) }) },
      { weight: 2, arbitrary: fc.record({ $any: fc.array(tie('predicate'), { maxLength: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ $not: tie('predicate') }) },
    ),
  }));

  it('for thousands of predicates', () => {
    const answers = countAnswers();
    fc.assert(
      fc.property(rows, predicate, (all, asked) => {
        const index = indexOf(all);
        const found = refsIn(index, index.match(parsePredicate({ ...asked })), all);
        answers.note(found);
        // The generator makes predicates only.
        const expected = all.filter((one) => holdsPredicate(asked as FilterPredicate, one, all));
        expect(found).toEqual(expected.map(({ ref }) => ref));
      }),
      { numRuns: RUNS },
    );
    answers.expectFairShare();
  });

  it('as the library does on whole documents, where a path leads to one text and is written as in them', () => {
    const path = fc.constantFrom(
      'kind',
      'metadata.name',
      'metadata.labels.tier',
      'metadata.labels.example.com/Team',
      'apiVersion',
    );
    const text = fc.constantFrom('component', 'API', 'one', 'two', ...names);
    const asked = fc.oneof(
      text,
      fc.record({ $exists: fc.boolean() }),
      fc.record({ $in: fc.array(text) }),
      fc.record({ $hasPrefix: text }),
    );
    const leaf = fc.dictionary(path, asked, { maxKeys: 2 });
    const question = fc.oneof(
      leaf,
      fc.record({ $not: leaf }),
      fc.record({ $any: fc.array(leaf, { maxLength: 3 }) }),
      fc.record({ $all: fc.array(leaf, { maxLength: 2 }) }),
    );
    const answers = countAnswers();
    fc.assert(
      fc.property(rows, question, (all, one) => {
        const index = indexOf(all);
        const found = refsIn(index, index.match(parsePredicate({ ...one })), all);
        answers.note(found);
        // The generator makes predicates only.
        const expected = all.filter(({ entity }) => evaluateFilterPredicate(one as FilterPredicate, entity));
        expect(found).toEqual(expected.map(({ ref }) => ref));
      }),
      { numRuns: RUNS },
    );
    answers.expectFairShare();
  });
});
