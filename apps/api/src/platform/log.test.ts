import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Runs a few statements with a logger named `log` in a process of its own, and gives what it wrote. */
function logged(statements: string, isPretty = false): string {
  const program = `
    const { createLogger } = await import(process.argv[1]);
    const log = createLogger({ level: 'info', isPretty: ${String(isPretty)} });
    ${statements}`;
  const url = new URL('./log.ts', import.meta.url).href;
  return execFileSync(process.execPath, ['--input-type=module', '-e', program, url], { encoding: 'utf8' });
}

describe('the log', () => {
  it('is one line of JSON for each entry, whatever is in it', () => {
    const text = logged(String.raw`
      log.info({ url: '/a\n{"level":60,"msg":"forged"}\u001b[31m\u2028' }, 'first\nsecond');
      log.warn({ err: new Error('bad\n{"level":60}') }, 'third');
      log.debug('hidden');`);
    const lines = text.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'first\nsecond',
      'third',
    ]);
    expect(text).not.toContain('\u001b');
  });

  it('shows no secret of the places where secrets are', () => {
    const text = logged(`
      const secret = 'hunter2';
      const headers = { authorization: secret, cookie: secret };
      log.info({ req: { headers }, res: { headers: { 'set-cookie': secret } } }, 'request');
      log.info({ databaseUrl: secret, connection: { password: secret, token: secret, secret, databaseUrl: secret } }, 'x');`);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('[redacted]');
  });

  it('is readable for people on a terminal', () => {
    const text = logged(`log.info({ source: 'a' }, 'sources: read');`, true);
    expect(text).toContain('sources: read');
    expect(text).not.toMatch(/^\{/);
  });
});
