import { expect, it } from 'vitest';
import { inspectStructure } from './value-structure.ts';

it.each(['\uFEFFowner', 'ow\u200Bner', 'owner\u202E', 'own\u00ADer', 'owner\u{E0061}'])(
  'tells of a key that is not the field that it looks like: %j',
  (key) => {
    const { findings } = inspectStructure({ spec: [{ [key]: 'x' }] }, 10);
    expect(findings).toMatchObject([
      { level: 'warning', code: 'entity.probable-typo', path: ['spec', '0', key], at: 'key' },
    ]);
    expect(JSON.stringify(findings.map(({ message, hint }) => message + hint))).toContain('\\\\u{');
  },
);

it.each(['owner', 'propri\u00E9taire', '\u6240\u6709\u8005', 'a b', '🚀'])(
  'takes %s for what it is',
  (key) => {
    expect(inspectStructure({ [key]: '\uFEFF' }, 10).findings).toEqual([]);
  },
);
