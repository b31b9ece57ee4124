import type { Entity, TemplateSummary } from '@waymark/contracts';
import type { TemplateStatistics } from '../runs/runs.repository.ts';

/** A template for the gallery. What it lacks is left out, so that even a broken one is listed. */
export function describeTemplate(
  ref: string,
  { metadata, spec = {} }: Entity,
  statistics: TemplateStatistics | undefined,
  problemCount: number,
): TemplateSummary {
  const { type, owner } = spec;
  return {
    ref,
    title: metadata.title ?? metadata.name,
    ...(metadata.description === undefined ? {} : { description: metadata.description }),
    type: typeof type === 'string' ? type : 'unknown',
    ...(typeof owner === 'string' ? { owner } : {}),
    tags: metadata.tags ?? [],
    runCount: statistics?.runCount ?? 0,
    ...(statistics && statistics.runCount > 0
      ? { successRate: statistics.completedCount / statistics.runCount }
      : {}),
    ...(statistics?.medianDurationMs === undefined ? {} : { medianDurationMs: statistics.medianDurationMs }),
    ...(statistics?.lastRunAt === undefined ? {} : { lastRunAt: statistics.lastRunAt }),
    problemCount,
  };
}
