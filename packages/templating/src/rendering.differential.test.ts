import fc from 'fast-check';
import { createTemplateRenderer } from 'nunjitsu';
import { describe, expect, it } from 'vitest';
import { renderWithNunjucks } from './testing/nunjucks-oracle.ts';
import { templateContext, templateSource } from './testing/template-source.ts';

const RUNS = 10_000;
/** Ten thousand templates by two engines, on a machine that may have other things to do. */
const TIMEOUT_MS = 300_000;

describe('rendering', () => {
  it.each([{}, { trimBlocks: true }, { lstripBlocks: true, trimBlocks: true }])(
    'equals that of Nunjucks byte for byte with %o',
    (options) => {
      const renderer = createTemplateRenderer(options);
      const context = renderer.prepareContext(templateContext);
      fc.assert(
        fc.property(templateSource, (source) => {
          const ours = outcomeOf(() => renderer.render(source, context));
          expect(ours).toBe(outcomeOf(() => renderWithNunjucks(source, templateContext, options)));
        }),
        { numRuns: RUNS },
      );
    },
    TIMEOUT_MS,
  );
});

/** What is rendered. Where Nunjucks itself gives up, such as at capital letters of a number, so shall the engine. */
function outcomeOf(render: () => string): string {
  try {
    return `rendered ${render()}`;
  } catch {
    return 'refused';
  }
}
