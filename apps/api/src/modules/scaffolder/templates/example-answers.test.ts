import { expect, it } from 'vitest';
import type { JsonObject } from '../engine/json.ts';
import { exampleAnswers } from './example-answers.ts';

const settings = {
  engine: { renderValue: async (value: unknown) => value === '${{ parameters.isPublic }}' } as never,
  hosts: [{ host: 'git.example.com:7100', type: 'waymark', title: 'Waymark' }] as const,
  signal: new AbortController().signal,
};
const examplesOf = (...pages: JsonObject[]) => exampleAnswers(pages, settings);

it('takes what the author suggests, and makes up only what is required', async () => {
  expect(
    await examplesOf({
      required: ['name', 'owner', 'repoUrl', 'size', 'tags', 'settings', 'kind', 'mail', 'count', 'either'],
      properties: {
        name: { type: 'string', pattern: '^[a-z]{3,1000000000}$', minLength: 1_000_000_000 },
        owner: { type: 'string', 'ui:field': 'OwnerPicker' },
        repoUrl: { type: 'string', 'ui:field': 'RepoUrlPicker' },
        size: { enum: ['small', 'large'] },
        tags: { type: 'array', minItems: 1_000_000_000, items: { type: 'string' } },
        settings: {
          type: 'object',
          required: ['a'],
          properties: { a: { type: 'integer', minimum: 3 }, b: {} },
        },
        kind: { const: 'service' },
        mail: { type: 'string', format: 'email' },
        count: { type: 'number' },
        either: { type: 'string', oneOf: [{ const: 'first' }, { const: 'second' }] },
        port: { type: 'integer', default: 8080 },
        region: { type: 'string', examples: ['eu-1'] },
        isPublic: { type: 'boolean' },
        note: { type: 'string' },
      },
    }),
  ).toEqual({
    ...{ name: 'example', owner: 'group:default/example-team', size: 'small', tags: [], settings: { a: 3 } },
    ...{ repoUrl: 'git.example.com:7100?owner=example-team&repo=example', kind: 'service', port: 8080 },
    ...{ mail: 'example@example.com', count: 1, either: 'first', region: 'eu-1' },
  });
});

it('answers the pages that these answers show, and no others', async () => {
  const page = (name: string, when?: string): JsonObject => ({
    ...(when !== undefined && { when }),
    required: [name],
    properties: { [name]: { type: 'string' } },
  });
  expect(
    await examplesOf(
      page('always'),
      page('shown', '${{ parameters.isPublic }}'),
      page('hidden', '${{ false }}'),
    ),
  ).toEqual({ always: 'example', shown: 'example' });
});

it('ends in schemas that lead into each other and in what is no schema', async () => {
  let deep: JsonObject = { type: 'string' };
  for (let depth = 0; depth < 50; depth += 1) {
    deep = { type: 'object', required: ['x'], properties: { x: deep }, oneOf: depth % 2 ? [deep] : [] };
  }
  expect(await examplesOf({ required: ['deep'], properties: { deep } })).toHaveProperty('deep');
  expect(await examplesOf({ properties: 'none' }, { required: 'x', properties: { x: 1, y: null } })).toEqual(
    {},
  );
});
