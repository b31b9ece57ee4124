import type { PreviewedEntity, SourceAnalysis } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { countOutcomes, effectWords } from './analysis-words.ts';

const entity = (name: string, outcome: PreviewedEntity['outcome']): PreviewedEntity => ({
  ref: `component:default/${name}`,
  kind: 'Component',
  name,
  path: 'catalog-info.yaml',
  line: 1,
  outcome,
});
const analysis = (parts: Partial<SourceAnalysis>): SourceAnalysis => ({
  source: { target: 'https://example.com/a', type: 'git' },
  files: [],
  entities: [],
  problems: [],
  isTruncated: false,
  ...parts,
});

describe('what registering changes', () => {
  it('tells every outcome with its number', () => {
    const entities = [
      entity('a', 'new'),
      entity('b', 'new'),
      entity('c', 'known'),
      entity('d', 'conflict'),
      entity('e', 'not-allowed'),
    ];
    expect(countOutcomes(entities)).toEqual({ new: 2, known: 1, conflict: 1, 'not-allowed': 1 });
    const words = effectWords(analysis({ entities }));
    expect(words).toContain('adds 2 entities');
    expect(words).toContain('1 entity is there already');
    expect(words).toContain('1 reference stays');
    expect(words).toContain('1 entity is refused');
  });

  it('says so when nothing is added, when there is more than was listed, and what errors do', () => {
    expect(effectWords(analysis({}))).toBe('Registering adds nothing to the catalog now.');
    expect(effectWords(analysis({ entities: [entity('a', 'new')], isTruncated: true }))).toContain(
      'adds at least 1 entity',
    );
    const problem = { path: 'a.yaml', line: 1, code: 'yaml.syntax', message: 'm', hint: 'h' };
    const problems = [
      { ...problem, level: 'error' as const },
      { ...problem, level: 'warning' as const },
    ];
    expect(effectWords(analysis({ problems }))).toContain('1 error keeps documents out');
  });
});
