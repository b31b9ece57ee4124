import { parseEntityRef } from '@backstage/catalog-model';
import { createSkeletonRenderer, createTemplateFilters } from '@waymark/templating/rendering';
import { median } from '../support/percentile.ts';
import { skeletonFile } from './bench-templates.ts';

const FILES = 200;
const REPETITIONS = 7;

/** Rendering without anything around it. */
export interface RenderingResult {
  files: number;
  bytes: number;
  /** Of the processor, user and system: the first time, and the median of those after it. */
  coldSeconds: number;
  warmSeconds: number;
}

/** Renders a skeleton of many files in this process. */
export function measureRendering(): RenderingResult {
  const files = Array.from({ length: FILES }, (_, index) => ({
    path: `\${{ values.name }}/part-${index}.ts`,
    bytes: Buffer.from(skeletonFile(index)),
  }));
  const [cold = Number.NaN, ...warm] = Array.from({ length: REPETITIONS }, () => {
    const before = process.cpuUsage();
    const filters = createTemplateFilters({ hostTypeOf: () => undefined, parseRef: parseEntityRef });
    const renderer = createSkeletonRenderer({ values: { name: 'shop', owner: 'team-a' } }, { filters });
    for (const file of files) renderer.render(file);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000_000;
  });
  return {
    files: FILES,
    bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    ...{ coldSeconds: cold, warmSeconds: median(warm) },
  };
}
