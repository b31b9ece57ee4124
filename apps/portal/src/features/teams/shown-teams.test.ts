import type { PartialEntity } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { buildGroupTree } from '../../lib/groups/group-tree.ts';
import { shownTeams, teamRows, type TeamOrder } from './shown-teams.ts';

const group = (name: string, parent?: string): PartialEntity => ({
  kind: 'Group',
  metadata: { name, namespace: 'default', description: `All about ${name}` },
  spec: { type: 'team', ...(parent && { parent }), profile: { email: `${name}@example.com` } },
});
const teams = teamRows({
  tree: buildGroupTree([
    group('company'),
    group('money', 'company'),
    group('cards', 'money'),
    group('payouts', 'money'),
    group('people', 'company'),
    group('hiring', 'people'),
  ]),
  totalGroups: 6,
  ownedBy: new Map([
    ['group:default/cards', 4],
    ['group:default/payouts', 9],
    ['group:default/money', 1],
  ]),
  membersOf: new Map([['group:default/cards', 3]]),
});
const names = (text: string, order: TeamOrder = 'tree') =>
  shownTeams(teams, { text, order }).map(({ node, depth }) => `${depth} ${node.entity.metadata?.name}`);

describe('the list of teams', () => {
  it('is the tree, with what is owned by a team and below it', () => {
    expect(names('')).toEqual(['0 company', '1 money', '2 cards', '2 payouts', '1 people', '2 hiring']);
    expect(shownTeams(teams, { text: '', order: 'tree' })[1]).toMatchObject({ owned: 1, ownedBelow: 14 });
    expect(shownTeams(teams, { text: '', order: 'tree' })[2]).toMatchObject({ members: 3, owned: 4 });
  });

  it('keeps the teams above a match and nothing else', () => {
    expect(names('payouts@example')).toEqual(['0 company', '1 money', '2 payouts']);
    expect(names('about hiring')).toEqual(['0 company', '1 people', '2 hiring']);
    expect(names('money')).toEqual(['0 company', '1 money']);
    expect(names('nothing like it')).toEqual([]);
  });

  it('is flat by name, or with the owners of most things first', () => {
    expect(names('', 'name')).toEqual([
      '0 cards',
      '0 company',
      '0 hiring',
      '0 money',
      '0 payouts',
      '0 people',
    ]);
    expect(names('', 'owned').slice(0, 3)).toEqual(['0 payouts', '0 cards', '0 money']);
  });
});
