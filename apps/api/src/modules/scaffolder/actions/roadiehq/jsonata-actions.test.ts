import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { tryAction } from '../../../../testing/action-trial.ts';
import { useTemporaryFolder } from '../../../../testing/temporary-folder.ts';
import type { JsonObject, JsonValue } from '../../engine/json.ts';
import { createTemplateEngine } from '../../engine/template-engine.ts';
import { emptyWorkspace } from '../../workspace/scratch-workspace.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { createJsonataActions } from './jsonata-actions.ts';

const folder = useTemporaryFolder();
const engine = createTemplateEngine({ hosts: {}, maxProcesses: 1 });
const actions = createJsonataActions(engine);
let workspace: Workspace;

beforeEach(() => {
  ({ workspace } = emptyWorkspace(folder.path));
});
afterAll(() => engine.close());

async function resultOf(id: string, input: JsonObject): Promise<JsonValue | undefined> {
  const action = actions.find((each) => each.id === id);
  if (!action) throw new Error(`There is no action ${id}.`);
  return (await tryAction(action, input, { workspace })).output['result'];
}

const query = (expression: string, data: JsonValue = {}) =>
  resultOf('roadiehq:utils:jsonata', { data, expression });

const APPEND = '$ ~> | $ | { "items": [items, "item2"] }|';

describe('JSONata', () => {
  it('transforms data and files as the examples of its documentation do', async () => {
    expect(await query(APPEND, { items: ['item1'] })).toEqual({ items: ['item1', 'item2'] });
    await workspace.write('a.json', Buffer.from('{"items":["item1"]}'));
    await workspace.write('a.yaml', Buffer.from('items: [item1]\n'));
    await workspace.write('many.yaml', Buffer.from('a: 1\n---\na: 2\n'));
    const json = 'roadiehq:utils:jsonata:json:transform';
    const yaml = 'roadiehq:utils:jsonata:yaml:transform';
    const expression = APPEND;
    expect(await resultOf(json, { path: 'a.json', expression })).toBe('{"items":["item1","item2"]}');
    expect(await resultOf(json, { path: 'a.json', expression, as: 'object' })).toEqual({
      items: ['item1', 'item2'],
    });
    expect(await resultOf(yaml, { path: 'a.yaml', expression })).toBe('items:\n  - item1\n  - item2\n');
    expect(
      await resultOf(yaml, { path: 'many.yaml', expression: '$sum(a)', loadAll: true, as: 'object' }),
    ).toBe(3);
  });

  it('gives nothing where there is nothing, and says what is wrong with an expression', async () => {
    expect(await query('nowhere')).toBeUndefined();
    await expect(query('$sum(')).rejects.toThrow(/JSONata expression fails: .*character/);
    await expect(query('$error("no such team")')).rejects.toThrow(/no such team/);
  });

  it.each([
    ['a loop', '($f := function($x){$f($x + 1)}; $f(1))'],
    ['a deep recursion', '($f := function($x){1 + $f($x + 1)}; $f(1))'],
    ['a pattern that goes back', `$match("${'a'.repeat(40)}!", /(a+)+$/)`],
    ['a long list', '$count([1..9999999].($string($) & $pad("x", 1000)))'],
    ['a long text', '$pad("x", 900000000)'],
    ['a text that doubles', '$reduce([1..40], function($t, $i){$t & $t}, "xxxxxxxxxx")'],
  ])('ends with a sentence for %s', async (_, expression) => {
    await expect(query(expression)).rejects.toThrow();
    expect(await query('1 + 1')).toBe(2);
  });

  it('takes more memory than it may have in one step, and nobody else ends with it', async () => {
    const doubling = '$reduce([1..40], function($list, $next){$append($list, $list)}, [1, 2, 3])';
    await expect(query(doubling)).rejects.toThrow(/more memory than it may have/);
    expect(await query('1 + 1')).toBe(2);
  });

  it.each([
    '$.constructor',
    '$lookup($, "constructor")',
    '$lookup($, "__proto__")',
    '$.__proto__.polluted',
    '$sum.constructor',
    '$sum.implementation',
    'function($x){$x}.environment',
    '$lookup($sum, "implementation")',
    '$.__defineGetter__',
    '$eval("$.constructor")',
    '$.toString',
    '$env',
    '$process',
  ])('sees nothing of the engine through %s', async (expression) => {
    expect(await query(expression)).toBeUndefined();
  });

  it.each([
    '$merge([{"__proto__": {"polluted": 1}}])',
    '{"__proto__": {"polluted": 1}}',
    '$ ~> |$|{"__proto__": {"polluted": 1}}|',
    '$ ~> |$|{"constructor": {"prototype": {"polluted": 1}}}|',
    '$eval("{\\"__proto__\\":{\\"polluted\\":1}}")',
    '$each($, function($v, $k){$v})',
  ])('leaves nothing behind with %s', async (expression) => {
    await query(expression, { a: {} }).catch(() => undefined); // refused or harmless, both are right
    expect(await query('a.polluted', { a: {} })).toBeUndefined();
    const context = { value: {} };
    const rendered = await engine.renderValue('${{ value.polluted }}', context, {
      signal: new AbortController().signal,
    });
    expect(rendered ?? '').toBe('');
  });
});
