import type { ScaffolderProblem } from '@waymark/contracts';
import { isMap, isScalar, isSeq, visit, type Node } from 'yaml';
import { lineOfNode, lineOfPath, type TemplateReading } from './template-text.ts';

type Read = Extract<TemplateReading, { template: unknown }>;

/** Where a template uses a name that the server may not have. */
const usesOf = {
  'template.unknown-filter': /\|\s*(\w+)/g,
  'template.unknown-function': /\b(\w+)\s*\(/g,
} as const;

/** The line of the template's file that a problem is about, where the text tells. */
export function lineOfProblem(reading: Read, { code, at, subject }: ScaffolderProblem): number | undefined {
  if (subject !== undefined && code === 'template.unknown-field') return lineOfField(reading, subject);
  if (subject !== undefined && isUse(code)) return lineOfUse(reading, usesOf[code], subject);
  if (at === undefined) return undefined;
  const step = stepNode(reading, at);
  if (step) {
    const action = isMap(step) ? step.get('action', true) : undefined;
    return lineOfNode(code === 'template.unknown-action' ? (action ?? step) : step, reading.lines);
  }
  return lineOfPath(reading.document, reading.lines, at.split('.'));
}

/** The line on which a step begins. */
export function lineOfStep(reading: Read, id: string): number | undefined {
  return lineOfNode(stepNode(reading, id), reading.lines);
}

/** The last one of an id: of two with the same the second is the mistake. A step without one is called by its place. */
function stepNode({ document }: Read, id: string): Node | undefined {
  const steps: unknown = document.getIn(['spec', 'steps'], true);
  if (!isSeq(steps)) return undefined;
  return steps.items
    .filter((step) => isMap(step))
    .findLast((step) => {
      const own: unknown = step.get('id');
      return own === undefined ? id === `step-${steps.items.indexOf(step) + 1}` : own === id;
    });
}

function lineOfField({ document, lines }: Read, field: string): number | undefined {
  let line: number | undefined;
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'ui:field' || !isScalar(value) || value.value !== field)
        return undefined;
      line = lineOfNode(value, lines);
      return visit.BREAK;
    },
  });
  return line;
}

function lineOfUse({ document, lines, text }: Read, uses: RegExp, name: string): number | undefined {
  let line: number | undefined;
  visit(document, {
    Scalar(_, { value, range }) {
      if (typeof value !== 'string' || !range || !/\$\{\{|\{%/.test(value)) return undefined;
      const found = [...text.slice(range[0], range[1]).matchAll(uses)].find((use) => use[1] === name);
      if (!found) return undefined;
      line = lines.linePos(range[0] + found.index).line;
      return visit.BREAK;
    },
  });
  return line;
}

function isUse(code: string): code is keyof typeof usesOf {
  return Object.hasOwn(usesOf, code);
}
