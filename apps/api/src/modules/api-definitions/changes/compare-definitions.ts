import type { DefinitionChange, DefinitionFormat } from '@waymark/contracts';
import { loadGraphql } from '../formats/read-graphql.ts';
import { loadGrpc } from '../formats/read-grpc.ts';
import { readStructuredText, type Node } from '../formats/structured-text.ts';
import { compareAsyncApi } from './asyncapi-changes.ts';
import { ChangeList } from './change-list.ts';
import { compareGraphql } from './graphql-changes.ts';
import { compareGrpc } from './grpc-changes.ts';
import { compareOpenApi } from './openapi-changes.ts';

/** What the difference of two texts of one format means for those who use the API. Breaking changes come first. */
export async function compareDefinitions(
  format: DefinitionFormat,
  before: string,
  after: string,
): Promise<DefinitionChange[]> {
  const changes = new ChangeList();
  if (before === after) return [];
  switch (format) {
    case 'openapi':
      compareLoaded(loadNode(before), loadNode(after), changes, compareOpenApi);
      break;
    case 'asyncapi':
      compareLoaded(loadNode(before), loadNode(after), changes, compareAsyncApi);
      break;
    case 'grpc':
      compareLoaded(loadGrpc(before).outline, loadGrpc(after).outline, changes, compareGrpc);
      break;
    case 'graphql': {
      const [left, right] = [loadGraphql(before).schema, loadGraphql(after).schema];
      if (left === undefined || right === undefined) addUnreadable(left, changes);
      else await compareGraphql(left, right, changes);
      break;
    }
    case 'text':
      break;
  }
  return changes.sorted();
}

function loadNode(text: string): Node | undefined {
  return readStructuredText(text).root;
}

function compareLoaded<Loaded>(
  before: Loaded | undefined,
  after: Loaded | undefined,
  changes: ChangeList,
  compare: (before: Loaded, after: Loaded, changes: ChangeList) => void,
): void {
  if (before === undefined || after === undefined) addUnreadable(before, changes);
  else compare(before, after, changes);
}

function addUnreadable(before: unknown, changes: ChangeList): void {
  const which = before === undefined ? 'The earlier version' : 'The later version';
  changes.add('unclear', '', `${which} cannot be read as this format, so only the texts can be compared.`);
}
