import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { loadConfig } from './load-config.ts';
import { flag, oneOf, text, wholeNumber } from './values.ts';

const schema = z.strictObject({
  server: z
    .strictObject({
      port: wholeNumber({ from: 0, to: 65_535 }).default(7100).meta({ env: 'PORT' }),
      host: text().default('127.0.0.1').meta({ env: 'HOST' }),
    })
    .prefault({}),
  demo: flag().optional().meta({ env: 'DEMO' }),
  role: oneOf(['all', 'api', 'worker']).default('all').meta({ env: 'ROLE' }),
  token: text('expected a token').optional(),
  places: z.array(z.strictObject({ type: oneOf(['file', 'git']), target: text() })).default([]),
});

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'waymark-config-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function load(yaml: string | undefined, env: Record<string, string> = {}, ignoredKeys: string[] = []) {
  const file = join(directory, 'waymark.yaml');
  if (yaml !== undefined) writeFileSync(file, yaml);
  return loadConfig(schema, { file: yaml === undefined ? undefined : file, env, ignoredKeys });
}

function problemsOf(yaml: string, env: Record<string, string> = {}) {
  try {
    load(yaml, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

describe('loadConfig', () => {
  test('gives the defaults without a file and without variables', () => {
    expect(load(undefined).config).toEqual({
      server: { port: 7100, host: '127.0.0.1' },
      role: 'all',
      places: [],
    });
  });

  test('lets the environment win over the file, and the file over the defaults', () => {
    const { config } = load('server: { port: 1, host: a.example }\nrole: api', { PORT: '2', ROLE: 'worker' });
    expect(config).toMatchObject({ server: { port: 2, host: 'a.example' }, role: 'worker' });
  });

  test('takes a variable that is set to nothing as not set', () => {
    expect(load('server: { port: 1 }', { PORT: '' }).config.server.port).toBe(1);
  });

  test.each(['', '# only a comment', '---\n'])('takes an empty file as no settings (%j)', (yaml) => {
    expect(load(yaml).config.role).toBe('all');
  });

  test('substitutes variables, with defaults, in every text', () => {
    const yaml = `
      token: "a-\${SECRET}-\${ABSENT:-b}"
      places: [{ type: "\${KIND:-file}", target: "$\${LITERAL} \${EMPTY:-filled}" }]
      server: { port: "\${CHOSEN}" }
      demo: "\${DEMO_FLAG}"`;
    const { config } = load(yaml, { SECRET: 's3', CHOSEN: '9', EMPTY: '', DEMO_FLAG: 'TRUE' });
    expect(config).toMatchObject({
      token: 'a-s3-b',
      places: [{ type: 'file', target: '${LITERAL} filled' }],
      server: { port: 9 },
      demo: true,
    });
  });

  test('names every bad key with what is expected, and never a value', () => {
    const error = problemsOf(
      'server: { port: hunter2, hots: x }\nrole: hunter2\ndemo: hunter2\nplaces: [{ type: hunter2, target: "" }, 7]\n' +
        'token: { hunter2: 1 }\nsever: {}',
    );
    expect(error.problems).toEqual(
      expect.arrayContaining([
        { key: 'server.port', expected: 'expected a whole number from 0 to 65535' },
        { key: 'server.hots', expected: 'unknown key; did you mean host?' },
        { key: 'role', expected: 'expected one of all, api, worker' },
        { key: 'demo', expected: 'expected true or false' },
        { key: 'places[0].type', expected: 'expected one of file, git' },
        { key: 'places[0].target', expected: 'expected text that is not empty' },
        { key: 'places[1]', expected: 'expected object, received number' },
        { key: 'token', expected: 'expected a token' },
        { key: 'sever', expected: 'unknown key; did you mean server?' },
      ]),
    );
    expect(error.problems).toHaveLength(9);
    expect(error.message).not.toContain('hunter2');
  });

  test('names the variable that gave a bad value', () => {
    expect(problemsOf('', { PORT: 'many' }).message).toContain('PORT (server.port): expected a whole number');
  });

  test.each(['65536', '-1', '1.5', '1e3', '0x10', '9007199254740993'])('refuses %s as a port', (port) => {
    expect(problemsOf('', { PORT: port }).problems[0]?.key).toBe('server.port');
  });

  test('names the key whose variable is missing, once', () => {
    const { problems } = problemsOf('token: "${MISSING_SECRET}"');
    expect(problems).toEqual([
      { key: 'token', expected: expect.stringContaining('MISSING_SECRET is not set') },
    ]);
  });

  test("refuses Backstage's file directives with the way to say it here", () => {
    expect(problemsOf('token: { $file: secret.txt }').problems[0]).toEqual({
      key: 'token',
      expected: expect.stringContaining('$file is not supported'),
    });
  });

  test('lists ignored keys once, does not substitute in them, and still refuses the unknown beside them', () => {
    const yaml = 'backend: { secret: "${NOT_SET}" }\nserver: { cors: 1, port: 5 }\nrole: api';
    const { config, ignored } = load(yaml, {}, ['backend', 'server.*']);
    expect(ignored).toEqual(['backend', 'server.cors']);
    expect(config.server.port).toBe(5);
    expect(problemsOf('server: { cors: 1 }').problems[0]?.key).toBe('server.cors');
  });

  test.each([
    ['no YAML', 'server: {port: 1\nrole: hunter2', /line 2 is not valid YAML/],
    ['a key twice', 'role: api\nrole: worker', /line 2 is not valid YAML/],
    ['a list', '- hunter2', /expected keys and values/],
    ['text', 'hunter2', /expected keys and values/],
  ])('refuses a file that is %s, without its content', (_, yaml, message) => {
    const error = problemsOf(yaml);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('hunter2');
  });

  test('names a file that does not exist', () => {
    const file = join(directory, 'absent.yaml');
    expect(() => loadConfig(schema, { file, env: {} })).toThrow(
      /absent\.yaml.*\n.*cannot be read \(ENOENT\)/,
    );
  });
});
