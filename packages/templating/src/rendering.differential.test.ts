import fc from 'fast-check';
import { createTemplateRenderer } from 'nunjitsu';
import { describe, expect, it } from 'vitest';
import { renderWithNunjucks } from './testing/nunjucks-oracle.ts';
import { templateContext, templateSource } from './testing/template-source.ts';

const RUNS = 10_000;

describe('rendering', () => {
  it.each([{}, { trimBlocks: true }, { lstripBlocks: true, trimBlocks: true }])(
    'equals that of Nunjucks byte for byte with %o',
    (options) => {
      const renderer = createTemplateRenderer(options);
      const context = renderer.prepareContext(templateContext);
      fc.assert(
        fc.property(templateSource, (source) => {
          expect(renderer.render(source, context)).toBe(renderWithNunjucks(source, templateContext, options));
        }),
        { numRuns: RUNS },
      );
    },
  );
});
