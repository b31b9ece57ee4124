import {
  TemplateLimitError,
  TemplateRenderError,
  type PreparedTemplateContext,
  type TemplateRenderer,
  type TemplateRenderLimits,
  type TemplateValue,
} from 'nunjitsu';
import { TemplateProblemError, type TemplateProblem, type ValuePath } from './template-problem.ts';

/** Deeper values are refused: no form and no action has any. */
const maxDepth = 50;
const unsafeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export interface RenderValuesOptions {
  renderer: TemplateRenderer;
  context: PreparedTemplateContext;
  limits?: Partial<TemplateRenderLimits>;
}

/**
 * Renders every text in a JSON value, as in the `input` of a step. By Backstage's type rule a text that is one
 * expression becomes what the expression is, any other text stays text, and what becomes nothing is left out of its
 * mapping (in a list it becomes `null`, which keeps the places of the others). Keys are not rendered.
 *
 * @returns undefined when the whole value becomes nothing
 * @throws TemplateProblemError at the first text that cannot be rendered, with its path
 */
export function renderValues(value: TemplateValue, options: RenderValuesOptions): TemplateValue | undefined {
  return renderAt(value, [], options);
}

function renderAt(
  value: TemplateValue,
  at: ValuePath,
  options: RenderValuesOptions,
): TemplateValue | undefined {
  if (typeof value === 'string') return renderText(value, at, options);
  if (typeof value !== 'object' || value === null) return value;
  if (at.length >= maxDepth) {
    throw new TemplateProblemError({
      ...{ code: 'template.too-deep', at },
      message: `The value has more than ${maxDepth} levels of lists and mappings.`,
      hint: 'Make it flatter.',
    });
  }
  if (Array.isArray(value)) {
    return value.map((item: TemplateValue, index) => renderAt(item, [...at, index], options) ?? null);
  }
  const rendered: Record<string, TemplateValue> = {};
  // Maps and sets come from no JSON.
  for (const [key, item] of Object.entries(value as Record<string, TemplateValue>)) {
    if (unsafeKeys.has(key)) throw new TemplateProblemError(unsafeKey(key, at));
    const result = renderAt(item, [...at, key], options);
    if (result !== undefined) rendered[key] = result;
  }
  return rendered;
}

function renderText(
  text: string,
  at: ValuePath,
  { renderer, context, limits }: RenderValuesOptions,
): TemplateValue | undefined {
  try {
    return renderer.renderValue(text, context, { coercion: 'json', ...(limits && { limits }) });
  } catch (error) {
    throw new TemplateProblemError({ ...explainRenderFailure(error), at });
  }
}

function unsafeKey(key: string, at: ValuePath): TemplateProblem {
  return {
    ...{ code: 'template.bad-key', at },
    message: `The key ${JSON.stringify(key)} is not allowed.`,
    hint: 'Give it another name.',
  };
}

/** What the engine says of a text, with the next step. Anything that is no verdict of the engine is thrown on. */
export function explainRenderFailure(error: unknown): TemplateProblem {
  if (error instanceof TemplateLimitError) {
    return {
      ...{ code: 'template.limit', ...placeOf(error) },
      message: `The template needs more than it may have${error.limit === undefined ? '' : ` (${error.limit})`}.`,
      hint: 'Look for a loop over a long list, or a text that grows with each round.',
    };
  }
  if (!(error instanceof TemplateRenderError)) throw error;
  return {
    code: error.code === 'syntax_error' ? 'template.syntax' : 'template.evaluation',
    ...placeOf(error),
    message: error.message.replace(/^Template error at line \d+, column \d+: /, ''),
    hint:
      error.code === 'syntax_error'
        ? 'Correct the expression; ${{ "${{" }} writes the characters themselves.'
        : 'Check that every name, filter and function in it exists here.',
  };
}

function placeOf({ line, column }: { line: number | undefined; column: number | undefined }) {
  return { ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
}
