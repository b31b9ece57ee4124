import { expect, test } from 'vitest';
import { lineOfProblem, lineOfStep } from './problem-lines.ts';
import { readTemplateText, type TemplateReading } from './template-text.ts';

const template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: letter }
spec:
  type: service
  parameters:
    - properties:
        where: { type: string, ui:field: Compass }
  steps:
    - id: render
      action: fetch:template
      input:
        values:
          name: |
            \${{ parameters.name
              | shout }}
    - action: pigeon:send
      input: { text: '\${{ whistle() }}' }
`;

function read(text: string, name?: string): Extract<TemplateReading, { template: unknown }> {
  const reading = readTemplateText(text, name);
  if ('problems' in reading) throw new Error(reading.problems.map(({ message }) => message).join());
  return reading;
}

function problemsIn(text: string) {
  const reading = readTemplateText(text);
  return 'problems' in reading ? reading.problems : [];
}

test('finds the line that a problem of the server is about', () => {
  const reading = read(template);
  const lineOf = (problem: { code: string; at?: string; subject?: string }) =>
    lineOfProblem(reading, { message: '', hint: '', ...problem });
  expect(lineOf({ code: 'template.unknown-field', subject: 'Compass' })).toBe(8);
  expect(lineOf({ code: 'template.unknown-filter', subject: 'shout' })).toBe(16);
  expect(lineOf({ code: 'template.unknown-function', subject: 'whistle' })).toBe(18);
  expect(lineOf({ code: 'template.unknown-action', at: 'step-2', subject: 'pigeon:send' })).toBe(17);
  expect(lineOf({ code: 'template.shape', at: 'spec.steps.1.action' })).toBe(17);
  expect(lineOf({ code: 'template.shape', at: 'spec.steps.0.nothing' })).toBe(10);
  expect(lineOf({ code: 'template.limit' })).toBeUndefined();
  expect(lineOfStep(reading, 'render')).toBe(10);
  expect(lineOfStep(reading, 'no such step')).toBeUndefined();
});

test('names the line of what is no YAML, each once', () => {
  const [problem] = problemsIn(template.replace('kind: Template', 'kind: [Template'));
  expect(problem?.message).toMatch(/^The YAML cannot be read: /);
  expect(problem?.line).toBeGreaterThanOrEqual(2);
});

test('says what of the shape of a template is missing', () => {
  expect(problemsIn('')).toMatchObject([{ message: 'The file of the template is empty.' }]);
  expect(problemsIn('just a text')).toMatchObject([{ message: 'The file holds no mapping of keys.' }]);
  const group = template.replace('kind: Template', 'kind: Group');
  expect(problemsIn(group)).toMatchObject([{ message: 'kind has to be Template.', line: 2 }]);
  const nameless = template.replace('{ name: letter }', '{ title: Letter }');
  expect(problemsIn(nameless)).toMatchObject([{ message: 'metadata.name is missing.', line: 3 }]);
});

test('takes the template of a name among several documents', () => {
  const other = template.replace('name: letter', 'name: other');
  const file = `kind: Location\n---\n${other}---\n${template}`;
  expect(read(file, 'letter').template.metadata.name).toBe('letter');
  expect(read(file).template.metadata.name).toBe('other');
});

test('a bomb or a tower of lists is a problem, not the end of the page', () => {
  const lists = Array.from(
    { length: 20 },
    (_, index) => `l${index + 1}: &l${index + 1} [*l${index}, *l${index}]`,
  );
  expect(problemsIn(`l0: &l0 [x]\n${lists.join('\n')}\n`)).toHaveLength(1);
  expect(problemsIn(`a: ${'['.repeat(20_000)}`)).not.toHaveLength(0);
});
