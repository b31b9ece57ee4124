import type { Entity } from '@waymark/catalog-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SearchIndex } from './search-index.ts';
import { foldedWords, searchWordsOf } from './search-words.ts';
import { hasBit } from './slot-set.ts';

interface Content {
  name: string;
  title?: string;
  description?: string;
  tags?: string[];
  owner?: string;
  type?: string;
}

function entityOf({ owner = 'nobody', type = 'thing', ...metadata }: Content): Entity {
  return { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata, spec: { owner, type } };
}

/** What a term finds, the best first; with a tilde in front what only resembles the term. */
function find(contents: readonly (Content | string)[], term: string): string[] {
  const entities = contents.map((content) => (typeof content === 'string' ? { name: content } : content));
  const index = new SearchIndex();
  entities.forEach((content, slot) => index.add(slot, searchWordsOf(entityOf(content))));
  return ranked(index, entities, term);
}

function ranked(index: SearchIndex, contents: readonly { name: string }[], term: string): string[] {
  const { slots, similar, scores } = index.search(term, contents.length);
  return contents
    .map(({ name }, slot) => ({ name, slot, score: scores[slot] ?? 0 }))
    .filter(({ slot }) => hasBit(slots, slot))
    .sort((left, right) => right.score - left.score || (left.name < right.name ? -1 : 1))
    .map(({ name, slot }) => (hasBit(similar, slot) ? `~${name}` : name));
}

describe('the order of results', () => {
  it('is: the whole name, its beginning, the beginning of a word in it, within a word', () => {
    const names = [
      'repayments',
      'card-payments',
      'payments-api',
      'paymentsapp',
      'payments',
      'card-paymentshop',
    ];
    expect(find(names, 'payments')).toEqual([
      'payments',
      'payments-api',
      'paymentsapp',
      'card-payments',
      'card-paymentshop',
      'repayments',
    ]);
  });

  it('is by field for the same kind of match: name, title, tag, owner, type, description', () => {
    const contents: Content[] = [
      { name: 'f', description: 'all about ledger things' },
      { name: 'e', type: 'ledger' },
      { name: 'd', owner: 'group:default/ledger' },
      { name: 'c', tags: ['ledger'] },
      { name: 'b', title: 'Ledger' },
      { name: 'ledger' },
    ];
    expect(find(contents, 'ledger')).toEqual(['ledger', 'b', 'c', 'd', 'e', 'f']);
  });

  it('puts a part of a name before a word of a description', () => {
    const contents: Content[] = [{ name: 'a', description: 'books' }, { name: 'textbooks' }];
    expect(find(contents, 'books')).toEqual(['textbooks', 'a']);
  });

  it('puts everything that has the term before what only resembles it', () => {
    const contents: Content[] = [{ name: 'paymets' }, { name: 'b', description: 'the repaymentsystem' }];
    expect(find(contents, 'payments')).toEqual(['b', '~paymets']);
  });
});

describe('several words', () => {
  it('must all be found, in any field and any order', () => {
    const contents: Content[] = [
      { name: 'orders-api', description: 'takes orders of the shop' },
      { name: 'orders', tags: ['shop'] },
      { name: 'shop' },
    ];
    expect(find(contents, 'shop orders')).toEqual(['orders', 'orders-api']);
    expect(find(contents, 'orders shop warehouse')).toEqual([]);
  });

  it('find a name however its parts are joined', () => {
    const names = ['payments-api', 'PaymentsGateway', 'fraudcheck'];
    expect(find(names, 'paymentsapi')).toEqual(['payments-api']);
    expect(find(names, 'payments api')).toEqual(['payments-api']);
    expect(find(names, 'payments_api')).toEqual(['payments-api']);
    expect(find(names, 'gateway')).toEqual(['PaymentsGateway']);
    expect(find(names, 'payments-gateway')).toEqual(['PaymentsGateway']);
    expect(find(names, 'fraud check')).toEqual(['fraudcheck']);
    expect(find(names, 'fraud-chec')).toEqual(['fraudcheck']);
  });
});

describe('misspelt words', () => {
  it.each([
    ['paymnets', '~payments'],
    ['payemnts', '~payments'],
    ['pamyent', '~payments'],
    ['ordres', '~orders'],
    ['oders', '~orders'],
    ['notificatoin servce', '~notification-service'],
    ['notification servce', '~notification-service'],
    ['notificationservcie', '~notification-service'],
  ])('%s finds %s', (term, expected) => {
    expect(find(['payments', 'orders', 'notification-service', 'ledger', 'kafka-bridge'], term)).toContain(
      expected,
    );
  });

  it('are not looked for when enough is found as written, or a name is the term', () => {
    expect(find(['orders', 'ordres'], 'orders')).toEqual(['orders']);
    expect(find(['orders-a', 'ordres'], 'orders')).toEqual(['orders-a', '~ordres']);
    expect(find(['orders-a', 'orders-b', 'orders-c', 'ordres'], 'orders')).toEqual([
      'orders-a',
      'orders-b',
      'orders-c',
    ]);
  });

  it('stay unfound where nothing resembles them', () => {
    expect(find(['payments', 'orders'], 'zzzzzz')).toEqual([]);
    expect(find(['svc-00041', 'svc-00042'], '00043')).toEqual([]);
  });
});

describe('letters', () => {
  it('are compared without case and accents, in any script', () => {
    const contents: Content[] = [
      { name: 'zuerich', title: 'Zürich Überweisung' },
      { name: 'kyiv', title: 'Київ платежі' },
      { name: 'tokyo', title: '東京決済サービス' },
      { name: 'full', title: 'ＦＵＬＬＷＩＤＴＨ' },
    ];
    expect(find(contents, 'ZURICH')).toEqual(['zuerich']);
    expect(find(contents, 'überweisung')).toEqual(['zuerich']);
    expect(find(contents, 'ПЛАТЕЖІ')).toEqual(['kyiv']);
    expect(find(contents, '決済')).toEqual(['tokyo']);
    expect(find(contents, 'fullwidth')).toEqual(['full']);
  });

  it('keep what tells c from c++ and c#', () => {
    const contents: Content[] = [
      { name: 'one', tags: ['c++'] },
      { name: 'two', tags: ['c#'] },
    ];
    expect(find(contents, 'c++')).toEqual(['one']);
    expect(find(contents, 'C#')).toEqual(['two']);
    expect(find(contents, 'c')).toEqual(['one', 'two']);
  });

  it('standing alone are looked for at the beginning of words', () => {
    expect(find(['orders', 'border', 'cart-o'], 'o')).toEqual(['orders', 'cart-o']);
    expect(find(['orders-1', 'orders-2', 'orders-41'], 'orders 1')).toEqual(['orders-1']);
  });

  it.each(['', ' ', '!!!', '%', '_', '*', '\\', "'; --", '\u0000', '\n', '🙂', '()[]{}', '.*', '\uD800'])(
    'of which none is in %j find nothing and do no harm',
    (term) => {
      expect(find(['orders', 'cart'], term)).toEqual([]);
    },
  );
});

/** The oracle: every word of the term is somewhere in the words of the entity. */
function isFound(content: Content, term: string): boolean {
  const found = searchWordsOf(entityOf(content));
  const own = found.map(({ word }) => word);
  const ownNames = found.filter(({ field }) => field === 'name' || field === 'title').map(({ word }) => word);
  const all = foldedWords(term);
  const words = [...new Set(all)];
  const has = (word: string) =>
    own.some((known) => (word.length === 1 ? known.startsWith(word) : known.includes(word)));
  return (
    words.length > 0 &&
    (words.every(has) || (words.length > 1 && ownNames.some((name) => name.includes(all.join('')))))
  );
}

const text = fc.string({ unit: fc.constantFrom(...'abé-1 '), maxLength: 12 });
const content = fc.record({ name: text, title: text, description: text, owner: text });

describe('any catalog', () => {
  it('gives what looking at every entity gives, while entities come, change and go', () => {
    const steps = fc.array(fc.record({ slot: fc.nat(9), content: fc.option(content, { nil: undefined }) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(steps, fc.array(text, { minLength: 1, maxLength: 5 }), (changes, terms) => {
        const index = new SearchIndex();
        const current = new Map<number, Content>();
        for (const { slot, content: next } of changes) {
          index.remove(slot);
          current.delete(slot);
          if (next === undefined) continue;
          index.add(slot, searchWordsOf(entityOf(next)));
          current.set(slot, next);
        }
        for (const term of terms) {
          const { slots, similar } = index.search(term, 10);
          const found = [...current.keys()].filter((slot) => hasBit(slots, slot) && !hasBit(similar, slot));
          expect(found).toEqual([...current].filter(([, each]) => isFound(each, term)).map(([slot]) => slot));
        }
      }),
    );
  });

  it('answers the same after so many changes that it was written anew', () => {
    const index = new SearchIndex();
    const names = Array.from({ length: 40 }, (_, slot) => ({ name: `service-${slot}` }));
    const put = (slot: number, name: string) => {
      index.remove(slot);
      index.add(slot, searchWordsOf(entityOf({ name })));
    };
    for (let round = 0; round < 60; round += 1) {
      names.forEach((_, slot) => put(slot, `draft-${round}-${slot}`));
    }
    names.forEach(({ name }, slot) => put(slot, name));
    expect(ranked(index, names, 'service')).toHaveLength(40);
    expect(ranked(index, names, 'service-17')).toEqual(['service-17']);
    expect(ranked(index, names, 'draft')).toEqual([]);
    expect(ranked(index, names, 'sevrice 12')).toEqual(['~service-12']);
  });
});
