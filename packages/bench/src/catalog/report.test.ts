import { describe, expect, it } from 'vitest';
import type { LoadResult } from './load-order.ts';
import { formatSize, type SizeResult } from './report.ts';

const load = (result: Partial<LoadResult>): LoadResult => ({
  ...{ requests: 500, requestsPerSecond: 1_234.4, p50Ms: 0.5, p99Ms: 12.34, maxMs: 20 },
  ...{ non2xx: 0, connectionErrors: 0, badReplies: [] },
  ...result,
});

const size: SizeResult = {
  entities: 10_000,
  files: 20,
  bytes: 9_100_000,
  postgresVersion: '18.4',
  ingestion: {
    emptySeconds: 2,
    entitiesPerSecond: 5_000,
    committedSeconds: 1.5,
    unchangedSeconds: 0.1,
    changedFileSeconds: 0.234,
  },
  workloads: [
    {
      name: 'facets',
      distinct: 500,
      cold: load({ p50Ms: 1, p99Ms: 2 }),
      warm: [
        { connections: 1, load: load({}) },
        { connections: 20, load: load({ non2xx: 7, connectionErrors: 2 }) },
      ],
    },
  ],
  pushSeconds: 0.8,
  portal: {
    scriptBytes: 222_400,
    firstRowsMs: 812,
    keystroke: { count: 12, p50Ms: 61.5, maxMs: 88 },
    graph: { nodes: 200, drawnMs: 1_500, longestFrameMs: 70, longestMovedFrameMs: 33 },
  },
  memory: { peakOfIngestion: 400_000_000, peak: undefined, atRest: 250_000_000 },
};

function rowOf(text: string, start: string): string[] {
  const line = text.split('\n').find((candidate) => candidate.startsWith(start)) ?? '';
  return line.split(/\s{2,}/);
}

describe('formatSize', () => {
  it('shows what was measured in one row for each workload, with everything that failed', () => {
    const row = rowOf(formatSize(size), 'facets');
    expect(row).toEqual([
      'facets',
      '500',
      '1.00',
      '2.00',
      '0.50',
      '12.3',
      '1,234',
      '0.50',
      '12.3',
      '1,234',
      '9',
    ]);
  });

  it('shows the readings, and memory that the platform does not tell as unknown', () => {
    const text = formatSize(size);
    expect(rowOf(text, 'into an empty database')).toEqual([expect.any(String), '2.00', '5,000']);
    expect(rowOf(text, 'again, one file changed')).toEqual([expect.any(String), '0.23']);
    expect(text).toContain('400 MB at most during ingestion, unknown in all, 250 MB at rest');
  });

  it('shows a pushed commit and the portal, which need not be measured', () => {
    const text = formatSize(size);
    expect(rowOf(text, 'a commit')).toEqual([expect.any(String), '0.80']);
    expect(rowOf(text, 'script of')).toEqual([expect.any(String), '222 KB']);
    expect(rowOf(text, 'key in the filter')).toEqual([expect.any(String), '61.5 ms', '88.0 ms']);
    expect(rowOf(text, 'graph of 200')).toEqual([expect.any(String), '1500.0 ms']);
    const bare = formatSize({ ...size, pushSeconds: undefined, portal: undefined });
    expect(bare).not.toContain('commit, from');
    expect(bare).not.toContain('portal');
  });

  it('shows no time where nothing was answered', () => {
    const none = load({
      requests: 0,
      requestsPerSecond: 0,
      p50Ms: Number.NaN,
      p99Ms: Number.NaN,
      non2xx: 50,
    });
    const [facets] = size.workloads;
    const workloads = facets ? [{ ...facets, cold: none, warm: [] }] : [];
    expect(rowOf(formatSize({ ...size, workloads }), 'facets').slice(0, 4)).toEqual([
      'facets',
      '500',
      '–',
      '–',
    ]);
  });
});
