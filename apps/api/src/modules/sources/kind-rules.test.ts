import { describe, expect, it } from 'vitest';
import { createKindRules, type KindRulesSettings } from './kind-rules.ts';
import { isAllowedKind } from './parsing/allowed-kinds.ts';
import type { SourceDeclaration } from './source-row.repository.ts';

const TARGET = 'https://github.com/acme/shop/blob/main/catalog-info.yaml';

function allows(
  settings: Partial<KindRulesSettings>,
  kind: string,
  source: Partial<SourceDeclaration> = {},
  specType?: string,
): boolean {
  const rules = createKindRules({ locations: [], ...settings });
  const allowed = rules.allowedFor({ type: 'url', target: TARGET, origin: 'config', ...source });
  return allowed === undefined || isAllowedKind(allowed, { kind, spec: { type: specType } });
}

describe('without any rule', () => {
  it.each(['config', 'demo'] as const)('a source of the %s may provide every kind', (origin) => {
    for (const kind of ['Component', 'User', 'Group', 'Custom']) {
      expect([kind, allows({}, kind, { origin })]).toEqual([kind, true]);
    }
  });

  it.each(['api', 'discovery'] as const)('one of origin %s may provide everything but people', (origin) => {
    const kinds = ['Component', 'API', 'Location', 'System', 'Domain', 'Resource', 'Template', 'Service'];
    for (const kind of kinds) expect([kind, allows({}, kind, { origin })]).toEqual([kind, true]);
    for (const kind of ['User', 'Group', 'group', 'GROUP', 'Custom']) {
      expect([kind, allows({}, kind, { origin })]).toEqual([kind, false]);
    }
  });
});

describe('rules of the catalog', () => {
  it('hold for every origin but the demo, and compare kinds without regard to case', () => {
    const rules = [{ allow: ['component', 'Group'] }];
    for (const origin of ['config', 'api', 'discovery'] as const) {
      expect(allows({ rules }, 'Component', { origin })).toBe(true);
      expect(allows({ rules }, 'group', { origin })).toBe(true);
      expect(allows({ rules }, 'API', { origin })).toBe(false);
    }
    expect(allows({ rules }, 'API', { origin: 'demo' })).toBe(true);
  });

  it('deny everything when there is none in the list', () => {
    expect(allows({ rules: [] }, 'Component')).toBe(false);
    expect(allows({ rules: [] }, 'Location')).toBe(false);
  });

  it('add up', () => {
    const rules = [{ allow: ['API'] }, { allow: ['User'] }];
    expect([allows({ rules }, 'API'), allows({ rules }, 'User'), allows({ rules }, 'Group')]).toEqual([
      ...[true, true, false],
    ]);
  });

  it('may ask for a type', () => {
    const rules = [{ allow: [{ kind: 'Component', 'spec.type': 'Website' }] }];
    expect(allows({ rules }, 'Component', {}, 'website')).toBe(true);
    expect(allows({ rules }, 'Component', {}, 'service')).toBe(false);
    expect(allows({ rules }, 'Component')).toBe(false);
  });

  it.each([
    [{ type: 'url', exact: TARGET }, true],
    [{ type: 'url', exact: `${TARGET}x` }, false],
    [{ type: 'file', exact: TARGET }, false],
    [{ type: 'url', pattern: 'https://GITHUB.com/acme/**' }, true],
    [{ type: 'url', pattern: 'https://github.com/acme/*' }, false],
    [{ type: 'url', pattern: 'https://github.com/other/**' }, false],
    [{ type: 'url' }, true],
  ])('for %j: %s', (location, isAllowed) => {
    const rules = [{ allow: ['User'], locations: [location] }];
    expect(allows({ rules }, 'User')).toBe(isAllowed);
  });

  it('for type url hold for a Git repository with such a URL', () => {
    const rules = [{ allow: ['User'], locations: [{ type: 'url', pattern: 'https://github.com/acme/**' }] }];
    const git = { type: 'git', target: 'https://github.com/acme/shop.git' } as const;
    expect(allows({ rules }, 'User', git)).toBe(true);
    expect(allows({ rules }, 'User', { ...git, target: 'git@github.com:acme/shop.git' })).toBe(false);
  });
});

describe('rules of one location', () => {
  const locations = [
    { type: 'file', target: '/org.yaml', rules: [{ allow: ['User', 'Group'] }] },
    { type: 'file', target: '/all.yaml' },
  ];
  const org = { type: 'file', target: '/org.yaml' } as const;
  const all = { type: 'file', target: '/all.yaml' } as const;

  it("add to those of the catalog, or to Backstage's own where there are none", () => {
    const rules = [{ allow: ['System'] }];
    expect(allows({ locations }, 'User', org)).toBe(true);
    expect(allows({ locations }, 'Component', org)).toBe(true);
    expect(allows({ locations }, 'System', org)).toBe(false);
    expect(allows({ locations, rules }, 'System', org)).toBe(true);
    expect(allows({ locations, rules }, 'Component', org)).toBe(false);
    expect(allows({ locations, rules }, 'User', all)).toBe(false);
  });

  it('change nothing for the others', () => {
    expect(allows({ locations }, 'Custom', all)).toBe(true);
  });
});
