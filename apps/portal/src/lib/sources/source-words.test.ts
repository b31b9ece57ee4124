import type { Source } from '@waymark/contracts';
import { describe, expect, test } from 'vitest';
import { isLate, needsAttention, progressWords, shortTarget, sourceStateWords } from './source-words.ts';

const now = new Date('2026-06-15T12:00:00Z');
const at = (secondsAgo: number) => new Date(now.getTime() - secondsAgo * 1000).toISOString();
const source = (change: Partial<Source> = {}): Source => ({
  id: '1',
  type: 'git',
  target: 'https://git.example.com/acme/ledger.git',
  origin: 'config',
  isPaused: false,
  state: 'ready',
  freshnessTargetSeconds: 600,
  lastReadAt: at(60),
  lastSuccessAt: at(60),
  counts: {
    files: 1,
    entities: 1,
    added: 0,
    changed: 0,
    removed: 0,
    errors: 0,
    warnings: 0,
    notes: 0,
    conflicts: 0,
  },
  ...change,
});

describe('shortTarget', () => {
  test.each([
    ['https://git.example.com/acme/ledger.git', 'acme/ledger'],
    ['git@github.com:acme/ledger.git', 'acme/ledger'],
    ['ssh://git@host:22/acme/ledger', 'acme/ledger'],
    ['/srv/catalog/org/', 'catalog/org'],
    ['git:file:///srv/repositories/acme/org.git', 'acme/org'],
    ['url:https://github.com/acme/ledger?ref=main#x', 'acme/ledger'],
    ['file:/srv/catalog-info.yaml', 'srv/catalog-info.yaml'],
    ['https://example.com', 'https://example.com'],
  ])('%s is %s', (target, short) => {
    expect(shortTarget(target)).toBe(short);
  });
});

describe('freshness', () => {
  test('a good read within the target is up to date', () => {
    expect(sourceStateWords(source(), now)).toEqual({ tone: 'good', word: 'Up to date' });
  });

  test('an older one is late', () => {
    expect(sourceStateWords(source({ lastSuccessAt: at(601) }), now)).toEqual({
      tone: 'warning',
      word: 'Late',
    });
  });

  test('one whose next read is just about to begin is not', () => {
    expect(isLate(source({ lastSuccessAt: at(605), nextReadAt: at(5) }), now)).toBe(false);
    expect(isLate(source({ lastSuccessAt: at(700), nextReadAt: at(100) }), now)).toBe(true);
  });

  test('what was never read is not late, and what fails says so', () => {
    expect(sourceStateWords(source({ state: 'waiting', lastSuccessAt: undefined }), now).word).toBe(
      'Never read',
    );
    expect(sourceStateWords(source({ state: 'failed', lastSuccessAt: at(9999) }), now).word).toBe('Failing');
  });
});

test('warnings alone need nobody, errors and conflicts do', () => {
  const { counts } = source();
  expect(needsAttention(source({ counts: { ...counts, warnings: 9, notes: 9 } }))).toBe(false);
  expect(needsAttention(source({ counts: { ...counts, errors: 1 } }))).toBe(true);
  expect(needsAttention(source({ counts: { ...counts, conflicts: 1 } }))).toBe(true);
  expect(needsAttention(source({ state: 'failed' }))).toBe(true);
});

test('progress names a total only where there is one', () => {
  const startedAt = at(3);
  expect(progressWords({ stage: 'reading', done: 1200, total: 4000, startedAt })).toBe(
    'Reading files, 1,200 of 4,000',
  );
  expect(progressWords({ stage: 'listing', done: 7, startedAt })).toBe('Listing files, 7 so far');
  expect(progressWords({ stage: 'fetching', done: 0, startedAt })).toBe('Fetching the repository');
});
