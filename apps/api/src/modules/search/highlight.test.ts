import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Highlighter, postTag, preTag } from './highlight.ts';

function mark(text: string, term: string, isFuzzy = false): string | undefined {
  return new Highlighter(term).mark(text, { isFuzzy })?.replaceAll(preTag, '[').replaceAll(postTag, ']');
}

describe('Highlighter', () => {
  it('marks beginnings, parts and each of several words, as they are written', () => {
    expect(mark('Payments API of the shop', 'payments api')).toBe('[Payments] [API] of the shop');
    expect(mark('repayments', 'PAY')).toBe('re[pay]ments');
    expect(mark('card-payments', 'payments')).toBe('card-[payments]');
    expect(mark('Zürich', 'zur')).toBe('[Zür]ich');
    expect(mark('border order', 'o')).toBe('border [o]rder');
    expect(mark('payments', 'pay payments')).toBe('[payments]');
  });

  it('marks the whole word where folding moves its letters', () => {
    expect(mark('ﬁnance office', 'fin')).toBe('[ﬁnance] office');
  });

  it('marks words that resemble the term only when the result does', () => {
    expect(mark('Payments', 'paymnets', true)).toBe('[Payments]');
    expect(mark('Payments', 'paymnets')).toBeUndefined();
  });

  it('says nothing of a text without a match', () => {
    expect(mark('orders', 'payments')).toBeUndefined();
    expect(mark('orders', '')).toBeUndefined();
    expect(mark('', 'orders')).toBeUndefined();
  });

  it('adds its tags and nothing else, whatever the text; tags of the text itself are taken out', () => {
    const text = fc.string({ unit: fc.constantFrom(...`ab<é\u0301-& ${preTag}${postTag}`), maxLength: 20 });
    fc.assert(
      fc.property(text, text, (content, term) => {
        const marked = new Highlighter(term).mark(content, { isFuzzy: true });
        const plain = content.replaceAll(/[\uE000\uE001]/g, '');
        if (marked === undefined) return;
        expect(marked.replaceAll(/[\uE000\uE001]/g, '')).toBe(plain);
        expect(marked.replaceAll(/[^\uE000\uE001]/g, '')).toMatch(/^(?:\uE000\uE001)+$/);
      }),
    );
  });
});
