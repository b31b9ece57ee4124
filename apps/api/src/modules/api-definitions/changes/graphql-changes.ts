import { CriticalityLevel, diff } from '@graphql-inspector/core';
import type { DefinitionChange } from '@waymark/contracts';
import type { GraphQLSchema } from 'graphql';
import type { ChangeList } from './change-list.ts';

const levels: Record<CriticalityLevel, DefinitionChange['level']> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'unclear',
  [CriticalityLevel.NonBreaking]: 'compatible',
};

/** Prose says nothing about those who query. */
const silent = /DESCRIPTION/;

/** Compares two GraphQL schemas by the rules of GraphQL Inspector. */
export async function compareGraphql(
  before: GraphQLSchema,
  after: GraphQLSchema,
  changes: ChangeList,
): Promise<void> {
  for (const { type, criticality, path, message } of await diff(before, after)) {
    if (silent.test(String(type))) continue;
    changes.add(levels[criticality.level], path ?? '', message.endsWith('.') ? message : `${message}.`);
  }
}
