import { describe, expect, it } from 'vitest';
import { createSecretHandles } from './secret-handles.ts';

const SECRET = 'tok/en+With "quotes" & ümlauts';

describe('secrets of a run', () => {
  it('are seen as handles, and turned into values only where an action takes them', () => {
    const secrets = createSecretHandles({ token: SECRET });
    const handle = secrets.handles['token'] as string; // made of texts above
    expect(handle).not.toContain(SECRET);
    const input = { token: `Bearer ${handle}`, headers: { authorization: [handle] }, message: `x ${handle}` };
    const resolved = secrets.resolve(input, ['token', 'headers']);
    expect(resolved.input).toEqual({ token: `Bearer ${SECRET}`, headers: { authorization: [SECRET] } });
    expect(resolved.misplaced).toEqual(['message']);
  });

  it('are blotted out of texts, in the forms in which programs repeat them', () => {
    const { redact } = createSecretHandles({ token: SECRET });
    const bytes = Buffer.from(SECRET);
    const forms = [
      SECRET,
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('hex'),
      encodeURIComponent(SECRET),
      JSON.stringify(SECRET).slice(1, -1),
    ];
    for (const form of forms) expect(redact(`before ${form} after`)).toBe('before *** after');
  });

  it('leave a handle that somebody made up as the text that it is', () => {
    const { resolve } = createSecretHandles({ token: SECRET });
    const input = { token: 'waymark-secret-000000000000000000000000-0;' };
    expect(resolve(input, ['token'])).toEqual({ input, misplaced: [] });
  });
});

it('are blotted out where others put them into something longer', () => {
  const { redact, redactValue } = createSecretHandles({ token: SECRET });
  for (const before of ['', 'u', 'us', 'user:', 'somebody:']) {
    for (const after of ['', '\n', '::', 'and more']) {
      for (const encoding of ['base64', 'base64url', 'hex'] as const) {
        const text = redact(Buffer.from(`${before}${SECRET}${after}`).toString(encoding));
        expect(text).toContain('***');
        expect(Buffer.from(text.split('***')[0] ?? '', encoding).toString()).not.toContain(
          SECRET.slice(0, 2),
        );
      }
    }
  }
  const key = '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END KEY-----';
  expect(createSecretHandles({ key }).redact('line 2: MIIEvQIBADANBgkqhkiG9w0')).toBe('line 2: ***');
  expect(redactValue({ [SECRET]: [SECRET, 1, null], a: { b: `x${SECRET}` } })).toEqual({
    '***': ['***', 1, null],
    a: { b: 'x***' },
  });
});
