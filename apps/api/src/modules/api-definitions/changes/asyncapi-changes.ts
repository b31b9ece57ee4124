import { asNode, type Node } from '../formats/structured-text.ts';
import { exchangesOf, type Exchange, type Message } from './asyncapi-channels.ts';
import { isSame, matchKeys, shown, type ChangeList, type Direction } from './change-list.ts';
import { compareSchemas, type SchemaComparison } from './schema-changes.ts';

/** Compares two AsyncAPI documents, of whatever versions, by what they mean for those at the other end. */
export function compareAsyncApi(before: Node, after: Node, changes: ChangeList): void {
  const comparison: SchemaComparison = { before, after, changes };
  matchKeys(exchangesOf(before), exchangesOf(after), {
    removed: (_key, exchange) =>
      changes.add('breaking', titleOf(exchange), 'Nothing is exchanged here any more.'),
    added: (_key, exchange) => changes.add('compatible', titleOf(exchange), 'The exchange is new.'),
    kept: (_key, left, right) => compareExchanges(left, right, comparison),
  });
  matchKeys(serversOf(before), serversOf(after), {
    removed: (name) => changes.add('unclear', `servers ${name}`, 'The server is gone.'),
    added: (name) => changes.add('compatible', `servers ${name}`, 'The server is new.'),
    kept: (name, left, right) => {
      if (!isSame(left, right))
        changes.add('unclear', `servers ${name}`, 'The address or the protocol changed.');
    },
  });
}

function titleOf({ action, address }: Exchange): string {
  return `${action} ${address}`;
}

function compareExchanges(before: Exchange, after: Exchange, comparison: SchemaComparison): void {
  const { changes } = comparison;
  const path = titleOf(after);
  // What the application sends, others read; what it receives, others write.
  const direction: Direction = after.action === 'send' ? 'response' : 'request';
  const [oldOnly, newOnly] = [onlyMessage(before), onlyMessage(after)];
  if (oldOnly !== undefined && newOnly !== undefined) {
    // One message on each side is the same one, whatever it is called.
    compareMessages(oldOnly, newOnly, direction, `${path} › `, comparison);
  } else {
    matchKeys(before.messages, after.messages, {
      removed: (name) => changes.add('breaking', `${path} › ${name}`, 'The message is gone.'),
      added: (name) =>
        changes.add(
          direction === 'request' ? 'compatible' : 'unclear',
          `${path} › ${name}`,
          'The message is new.',
        ),
      kept: (name, left, right) =>
        compareMessages(left, right, direction, `${path} › ${name} › `, comparison),
    });
  }
  if (!isSame(before.bindings, after.bindings))
    changes.add('unclear', path, 'The bindings of the protocol changed.');
}

function onlyMessage({ messages }: Exchange): Message | undefined {
  return messages.size === 1 ? messages.values().next().value : undefined;
}

function compareMessages(
  before: Message,
  after: Message,
  direction: Direction,
  path: string,
  comparison: SchemaComparison,
): void {
  const { changes } = comparison;
  if (!isSame(before.contentType, after.contentType)) {
    const message = `The content type changed from ${shown(before.contentType)} to ${shown(after.contentType)}.`;
    changes.add('breaking', path, message);
  }
  if (before.schemaFormat !== undefined || after.schemaFormat !== undefined) {
    if (!isSame(before.payload, after.payload)) {
      changes.add('unclear', path, 'The payload changed, in a schema language that is not compared.');
    }
  } else {
    compareSchemas(before.payload, after.payload, direction, path, comparison);
  }
  compareSchemas(before.headers, after.headers, direction, `${path}headers`, comparison);
}

function serversOf(root: Node): Map<string, unknown> {
  return new Map(
    Object.entries(asNode(root['servers'])).map(([name, server]) => {
      const { url, host, pathname, protocol } = asNode(server);
      return [name, { url, host, pathname, protocol }];
    }),
  );
}
