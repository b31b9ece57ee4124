import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, it } from 'vitest';
import { castNeedsReason } from './cast-needs-reason.ts';
import { exportsCarryDocumentation } from './exports-carry-documentation.ts';
import { fileName } from './file-name.ts';
import { maxFunctionLines } from './max-function-lines.ts';
import { noApiUrl } from './no-api-url.ts';
import { noDrawerName } from './no-drawer-name.ts';
import { noDynamicPattern } from './no-dynamic-pattern.ts';
import { noProcessEnv } from './no-process-env.ts';
import { noRawHtml } from './no-raw-html.ts';
import { noShell } from './no-shell.ts';
import { noUnsafeSql } from './no-unsafe-sql.ts';
import { noVm } from './no-vm.ts';
import { suppressionNeedsReason } from './suppression-needs-reason.ts';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

const tester = new RuleTester({
  languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
});
const found = [{ messageId: 'found' }];

/** Every text that the rule must report once, as RuleTester wants it. */
const reported = (codes: string[]): RuleTester.InvalidTestCase[] =>
  codes.map((code) => ({ code, errors: found }));

tester.run('cast-needs-reason', castNeedsReason, {
  valid: [
    'const kinds = ["a"] as const;',
    'const name = "a" satisfies string;',
    '// The schema above checked it.\nconst order = value as Order;',
    'const order = value as Order; // checked by the schema',
    '// Rows come from one table.\nconst orders = rows\n  .filter(Boolean)\n  .map((row) => row as Order);',
  ],
  invalid: reported([
    'const order = value as Order;',
    '// Too far away.\n\n\nconst order = value as Order;',
    'const order = value as unknown;',
  ]),
});

tester.run('exports-carry-documentation', exportsCarryDocumentation, {
  valid: [
    '/** Gives one. */\nexport const one = 1;',
    '/** Gives one. */\nexport function one() {}',
    'export interface Order { name: string }',
    'export * from "./order.ts";',
    'const inside = 1;',
  ],
  invalid: reported([
    'export const one = 1;',
    '// Gives one.\nexport function one() {}',
    'export class One {}',
  ]),
});

tester.run('file-name', fileName, {
  valid: [
    'catalog.service.ts',
    'app.ts',
    'OrderCard.tsx',
    'OrderCard.test.tsx',
    'main.tsx',
    'vite.config.ts',
  ].map((name) => ({ code: '', filename: `/src/${name}` })),
  invalid: ['orderService.ts', 'OrderCard.ts', 'order_service.ts', 'order-.ts', 'orderCard.tsx'].map(
    (name) => ({
      code: '',
      filename: `/src/${name}`,
      errors: found,
    }),
  ),
});

tester.run('no-drawer-name', noDrawerName, {
  valid: ['content-types.ts', 'commonality.ts', 'utility-bill.ts', 'catalog.service.ts'].map((name) => ({
    code: '',
    filename: `${process.cwd()}/src/${name}`,
  })),
  invalid: [
    'utils.ts',
    'string-util.ts',
    'helpers/order.ts',
    'catalog.types.ts',
    'test-helpers.ts',
    'common/a.ts',
  ].map((name) => ({ code: '', filename: `${process.cwd()}/src/${name}`, errors: found })),
});

tester.run('max-function-lines', maxFunctionLines, {
  valid: [
    { code: 'function three() {\n  start();\n}', options: [3] },
    { code: 'function three() {\n\n  // Why.\n  start();\n}', options: [3] },
    // Lines of an inner function are its own but for the first.
    { code: 'function outer() {\n  return () => {\n    start();\n  };\n}', options: [3] },
  ],
  invalid: [
    { code: 'function four() {\n  start();\n  stop();\n}', options: [3], errors: found },
    { code: 'const four = () => {\n  start();\n  stop();\n};', options: [3], errors: found },
    {
      code: 'function outer() {\n  return () => {\n    start();\n    stop();\n  };\n}',
      options: [3],
      errors: found,
    },
  ],
});

tester.run('no-api-url', noApiUrl, {
  valid: ['const path = "/apiary";', 'const path = "see /api/catalog";', 'const path = `${base}/api/`;'],
  invalid: reported([
    'const path = "/api/catalog";',
    'const path = `/api/catalog/${name}`;',
    'get(`/api/x`);',
  ]),
});

tester.run('no-dynamic-pattern', noDynamicPattern, {
  valid: ['/a+/.test(text);', 'new RegExp("a+");'],
  invalid: reported(['new RegExp(text);', 'RegExp(`${text}+`);']),
});

tester.run('no-process-env', noProcessEnv, {
  valid: ['process.exit(1);', 'const { env } = options;', 'options.env.HOME;'],
  invalid: reported([
    'process.env.HOME;',
    'process["env"];',
    'globalThis.process.env;',
    'const { env } = process;',
    'import { env } from "node:process";',
  ]),
});

tester.run('no-raw-html', noRawHtml, {
  valid: ['<p>{text}</p>;', 'const text = element.innerHTML;', 'element.textContent = text;'],
  invalid: reported([
    '<p dangerouslySetInnerHTML={html} />;',
    'const props = { dangerouslySetInnerHTML: html };',
    'element.innerHTML = text;',
    'element.insertAdjacentHTML("beforeend", text);',
  ]),
});

tester.run('no-shell', noShell, {
  valid: [
    'import { execFile, spawn } from "node:child_process";',
    'spawn("git", ["status"], { shell: false });',
    'const layout = { shell: Shell };',
    'pattern.exec(text);',
  ],
  invalid: reported([
    'import { exec } from "node:child_process";',
    'import { execSync as run } from "child_process";',
    'import * as processes from "node:child_process";',
    'import processes from "node:child_process";',
    'await import("node:child_process");',
    'spawn("git status", { shell: true });',
    'spawn("git status", { shell: "/bin/bash" });',
  ]),
});

tester.run('no-unsafe-sql', noUnsafeSql, {
  valid: [
    'pool.query("select 1 where $1", [name]);',
    'pool.query(`select 1`);',
    'client.$queryRaw`select ${name}`;',
    'queryClient.query({ key: `a${b}` });',
  ],
  invalid: reported([
    'client.$queryRawUnsafe(sql);',
    'const { $executeRawUnsafe } = client;',
    'Prisma.raw(sql);',
    'pool.query(`select ${name}`);',
    'pool.query("select " + name);',
  ]),
});

tester.run('no-vm', noVm, {
  valid: ['import { runBenchmark } from "./vm.ts";'],
  invalid: reported(['import vm from "vm";', 'await import("node:vm");', 'require("node:vm");']),
});

tester.run('suppression-needs-reason', suppressionNeedsReason, {
  valid: [
    '// eslint-disable-next-line no-debugger -- the debugger is the feature here\ndebugger;',
    '/* eslint-disable no-debugger -- this file is about debuggers */\ndebugger;',
    '// Text about eslint-disable is no directive.',
    '/* eslint-enable no-debugger */',
  ],
  invalid: [
    { code: '// eslint-disable-next-line no-debugger\ndebugger;', errors: [{ messageId: 'reason' }] },
    { code: 'debugger; // eslint-disable-line no-debugger -- because', errors: [{ messageId: 'reason' }] },
    { code: '/* eslint-disable */\ndebugger;', errors: [{ messageId: 'blanket' }] },
    {
      code: '/* eslint-disable -- everything in here is generated */\ndebugger;',
      errors: [{ messageId: 'blanket' }],
    },
  ],
});
