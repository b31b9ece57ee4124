import { describe, expect, it } from 'vitest';
import { targetProblem } from './target-problem.ts';

describe('an address to register', () => {
  it.each([
    'https://github.com/acme/payments',
    ' https://git.example.com:8443/acme/payments.git ',
    'http://127.0.0.1:4000/acme/payments.git',
  ])('may be %s', (target) => {
    expect(targetProblem(target)).toBeUndefined();
  });

  it.each([
    ['', 'Paste the address'],
    ['git@github.com:acme/payments.git', 'try https://github.com/acme/payments'],
    ['ssh://git@git.example.com/acme/payments', 'try https://git.example.com/acme/payments'],
    ['github.com/acme/payments', 'https://github.com/acme/payments'],
    ['payments', 'This is no address'],
    ['file:///etc/passwd', 'for the configuration file only'],
    ['javascript:alert(1)', 'for the configuration file only'],
    ['https://user:secret@example.com/a', 'Leave the user name and password out'],
    [`https://example.com/${'x'.repeat(2000)}`, 'longer than 2000'],
  ])('is not %j, and the words say why', (target, words) => {
    expect(targetProblem(target)).toContain(words);
  });
});
