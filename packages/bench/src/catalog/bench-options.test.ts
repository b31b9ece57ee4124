import { describe, expect, it } from 'vitest';
import { parseBenchOptions, UsageError } from './bench-options.ts';
import { workloadNames } from './workloads.ts';

describe('parseBenchOptions', () => {
  it('measures everything with three sizes when nothing is said', () => {
    expect(parseBenchOptions([])).toEqual({
      entities: [1_000, 10_000, 100_000],
      seconds: 5,
      workloads: workloadNames,
      extras: ['push', 'portal'],
      profileDirectory: undefined,
    });
  });

  it('takes sizes, duration, workloads and a folder for profiles', () => {
    const args = [
      '--entities',
      '1000, 2000',
      '--seconds=2',
      '--only',
      'portal,facets,by-name',
      '--profile',
      'p',
    ];
    expect(parseBenchOptions(args)).toEqual({
      entities: [1_000, 2_000],
      seconds: 2,
      workloads: ['by-name', 'facets'],
      extras: ['portal'],
      profileDirectory: 'p',
    });
  });

  it.each([
    [['--entities', '49'], /--entities: .* from 50 on, got "49"/],
    [['--entities', '1e3'], /--entities/],
    [['--entities', '1000,'], /--entities/],
    [['--seconds', '0'], /--seconds/],
    [['--only', 'everything'], /--only: expected some of by-query.*got "everything"/],
    [['--fast'], /--fast/],
    [['10000'], /10000/],
  ])('refuses %j', (args, message) => {
    expect(() => parseBenchOptions(args)).toThrow(UsageError);
    expect(() => parseBenchOptions(args)).toThrow(message);
  });
});
