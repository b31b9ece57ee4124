import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmbiguousJsonError, parseForeignJson } from './json-text.ts';

describe('JSON of others', () => {
  it('is read as it is written, whatever a program writes', () => {
    const isPlain = (text: string) => !/__proto__|constructor|prototype/.test(text);
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }).filter(isPlain), (text) => {
        expect(parseForeignJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['{"__proto__": {"x": 1}}', '__proto__'],
    ['[{"a": [{"constructor": 1}]}]', 'constructor'],
    ['{"prototype" \n : null}', 'prototype'],
    ['{"\\u005f_proto__": 1}', '__proto__'],
    ['{"a": 1, "b": {"a": 2}, "a": 3}', '"a" stands twice'],
    ['{"a": 1, "\\u0061": 2}', '"a" stands twice'],
    ['[12345678901234567890]', '12345678901234567890'],
    ['{"a": -9007199254740993}', '-9007199254740993'],
    ['1e400', '1e400'],
    ['[1e-400]', '1e-400'],
    ['0.12345678901234567890', '0.12345678901234567890'],
    ['1.00000000000000000001', '1.00000000000000000001'],
  ])('is refused where it would be read as something else: %s', (text, part) => {
    const parse = () => parseForeignJson(text);
    expect(parse).toThrow(AmbiguousJsonError);
    expect(parse).toThrow(part);
  });

  it.each([
    ...['"__proto__"', '["constructor", {"a": "prototype"}]', '{"my.constructor": 1}', '{"Prototype": 1}'],
    ...['{"a": {"a": {"a": 1}}, "b": [{"a": 1}, {"a": 2}]}', '{"a": "{\\"a\\": 1e400}"}'],
    ...['9007199254740991', '1e21', '100000000000000000000', '0.1', '5e-324', '1.0', '-0', '"1e400"'],
  ])('is taken where it only looks so: %s', (text) => {
    expect(parseForeignJson(text)).toEqual(JSON.parse(text));
  });

  it('is looked through without recursion', () => {
    const depth = 200_000;
    expect(() => parseForeignJson(`${'{"a":['.repeat(depth)}1e400${']}'.repeat(depth)}`)).toThrow('1e400');
    expect(() => parseForeignJson(`"${'\\\\'.repeat(500_000)}"`)).not.toThrow();
  });

  it('is no JSON where it is none', () => {
    expect(() => parseForeignJson('{"a": }')).toThrow(SyntaxError);
  });
});
