import { describe, expect, it } from 'vitest';
import { compareDefinitions } from './compare-definitions.ts';

function proto(body: string, pack = 'acme.v1'): string {
  return `syntax = "proto3";\npackage ${pack};\n${body}\n`;
}

async function changesOf(before: string, after: string): Promise<string[]> {
  const changes = await compareDefinitions('grpc', before, after);
  return changes.map(({ level, path }) => `${level} ${path}`);
}

describe('changes of a proto file', () => {
  it.each([
    ['a field is new', 'message A {}', 'message A { string b = 1; }', ['compatible A.b']],
    ['a number changes', 'message A { string b = 1; }', 'message A { string b = 2; }', ['breaking A.b']],
    ['a name changes', 'message A { string b = 1; }', 'message A { string c = 1; }', ['breaking A.c']],
    ['a type changes', 'message A { int32 b = 1; }', 'message A { string b = 1; }', ['breaking A.b']],
    [
      'a type stays alike on the wire',
      'message A { int32 b = 1; }',
      'message A { int64 b = 1; }',
      ['unclear A.b'],
    ],
    [
      'a field becomes a list',
      'message A { string b = 1; }',
      'message A { repeated string b = 1; }',
      ['breaking A.b'],
    ],
    [
      'presence is tracked',
      'message A { string b = 1; }',
      'message A { optional string b = 1; }',
      ['unclear A.b'],
    ],
    ['a field goes', 'message A { string b = 1; }', 'message A {}', ['breaking A.b']],
    [
      'a reserved number is taken',
      'message A { reserved 4 to 6; }',
      'message A { string b = 5; }',
      ['breaking A.b'],
    ],
    [
      'a reserved name is taken',
      'message A { reserved "b"; }',
      'message A { string b = 1; }',
      ['breaking A.b'],
    ],
    ['a name is freed', 'message A { reserved "b"; }', 'message A {}', ['unclear A']],
    [
      'a field joins a oneof',
      'message A { string b = 1; }',
      'message A { oneof c { string b = 1; } }',
      ['breaking A.b'],
    ],
    [
      'the values of a map change',
      'message A { map<string, string> b = 1; }',
      'message A { map<string, int32> b = 1; }',
      ['breaking A.b'],
    ],
    [
      'a type is written with its package',
      'message A { B b = 1; } message B {}',
      'message A { acme.v1.B b = 1; } message B {}',
      [],
    ],
    ['a message goes', 'message A {} message B {}', 'message A {}', ['breaking B']],
    ['an enumeration grows', 'enum E { X = 0; }', 'enum E { X = 0; Y = 1; }', ['unclear E.Y']],
    ['an enumeration shrinks', 'enum E { X = 0; Y = 1; }', 'enum E { X = 0; }', ['breaking E.Y']],
    ['a value is renamed', 'enum E { X = 0; }', 'enum E { Z = 0; }', ['breaking E.Z']],
    [
      'a procedure is new',
      'message A {} service S {}',
      'message A {} service S { rpc Go(A) returns (A); }',
      ['compatible S.Go'],
    ],
    [
      'a procedure goes',
      'message A {} service S { rpc Go(A) returns (A); }',
      'message A {} service S {}',
      ['breaking S.Go'],
    ],
    [
      'a reply becomes a stream',
      'message A {} service S { rpc Go(A) returns (A); }',
      'message A {} service S { rpc Go(A) returns (stream A); }',
      ['breaking S.Go'],
    ],
    [
      'a request is of another type',
      'message A {} message B {} service S { rpc Go(A) returns (A); }',
      'message A {} message B {} service S { rpc Go(B) returns (A); }',
      ['breaking S.Go'],
    ],
    [
      'a field is deprecated',
      'message A { string b = 1; }',
      'message A { string b = 1 [deprecated = true]; }',
      ['compatible A.b'],
    ],
    ['only comments change', '// one\nmessage A {}', '// two\nmessage A {}', []],
  ])('say that %s', async (_what, before, after, expected) => {
    expect(await changesOf(proto(before), proto(after))).toEqual(expected);
  });

  it('break with another package', async () => {
    expect(await changesOf(proto('message A {}'), proto('message A {}', 'acme.v2'))).toEqual([
      'breaking package',
    ]);
  });

  it('warn when the number of a field that goes is not reserved', async () => {
    const before = proto('message A { string b = 1; }');
    const messages = async (after: string) =>
      (await compareDefinitions('grpc', before, proto(after))).map(({ message }) => message);
    expect(await messages('message A {}')).toEqual([expect.stringContaining('number 1 is not reserved')]);
    expect(await messages('message A { reserved 1; }')).toEqual([
      expect.stringContaining('its number is reserved'),
    ]);
  });
});
