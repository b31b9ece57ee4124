import type { PartialEntity } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { buildGroupTree, countBelow, groupsBelow, treeRows } from './group-tree.ts';

const group = (name: string, spec: Record<string, unknown> = {}, namespace = 'default'): PartialEntity => ({
  kind: 'Group',
  metadata: { name, namespace },
  spec: { type: 'team', ...spec },
});
const outline = (groups: PartialEntity[]) =>
  treeRows(buildGroupTree(groups)).map(({ node, depth }) => `${'  '.repeat(depth)}${node.ref.split('/')[1]}`);

describe('the tree of groups', () => {
  it('takes an edge from either side, once', () => {
    const groups = [
      group('company', { children: ['payments'] }),
      group('payments', { parent: 'company', children: ['group:default/cards'] }),
      group('cards'),
      group('risk', { parent: 'group:company' }),
    ];
    expect(outline(groups)).toEqual(['company', '  payments', '    cards', '  risk']);
  });

  it('reads a name without a namespace in the namespace of the group that names it', () => {
    const tree = buildGroupTree([
      group('lead', {}, 'abroad'),
      group('lead'),
      group('team', { parent: 'lead' }, 'abroad'),
    ]);
    expect(tree.get('group:abroad/team')?.parentRefs).toEqual(['group:abroad/lead']);
  });

  it('shows every group once, also under two parents, in a circle and under a parent that is not there', () => {
    const groups = [
      group('a', { parent: 'b' }),
      group('b', { parent: 'a' }),
      group('self', { parent: 'self' }),
      group('lost', { parent: 'nowhere' }),
      group('one', { children: ['shared'] }),
      group('two', { children: ['shared'] }),
      group('shared'),
    ];
    expect(
      outline(groups)
        .map((line) => line.trim())
        .sort(),
    ).toEqual(['a', 'b', 'lost', 'one', 'self', 'shared', 'two'].sort());
    expect(outline(groups)).toContain('  shared');
  });

  it('adds up what is below a group, each group once', () => {
    const tree = buildGroupTree([
      group('top', { children: ['left', 'right'] }),
      group('left', { children: ['shared'] }),
      group('right', { children: ['shared', 'top'] }),
      group('shared'),
    ]);
    const counts = new Map([
      ['group:default/left', 2],
      ['group:default/shared', 5],
      ['group:default/elsewhere', 9],
    ]);
    expect(countBelow(tree, 'group:default/top', counts)).toBe(7);
    expect(groupsBelow(tree, 'group:default/left')).toEqual(['group:default/left', 'group:default/shared']);
    expect(tree.get('group:default/shared')?.parentRefs).toEqual([
      'group:default/left',
      'group:default/right',
    ]);
  });
});
