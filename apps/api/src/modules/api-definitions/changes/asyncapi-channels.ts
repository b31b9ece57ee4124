import { asList, asNode, isNode, resolvePointer, type Node } from '../formats/structured-text.ts';

/** What the application does; those who use it do the opposite. */
export type Action = 'send' | 'receive';

/** A message with the schemas of its parts. */
export interface Message {
  payload: unknown;
  headers: unknown;
  contentType: unknown;
  /** Set when the payload is in another schema language, such as Avro. */
  schemaFormat: string | undefined;
}

/** What an application sends to, or receives from, one address. */
export interface Exchange {
  action: Action;
  address: string;
  messages: Map<string, Message>;
  /** Compared as it stands. */
  bindings: unknown;
}

/** The exchanges of an AsyncAPI document of version 2 or 3, by action and address. */
export function exchangesOf(root: Node): Map<string, Exchange> {
  const reader = new ChannelReader(root);
  const exchanges = String(root['asyncapi']).startsWith('2') ? reader.readVersion2() : reader.readVersion3();
  const merged = new Map<string, Exchange>();
  for (const exchange of exchanges) {
    const key = `${exchange.action} ${exchange.address}`;
    const messages = [...(merged.get(key)?.messages ?? []), ...exchange.messages];
    merged.set(key, { ...exchange, messages: new Map(messages) });
  }
  return merged;
}

class ChannelReader {
  private readonly root: Node;

  constructor(root: Node) {
    this.root = root;
  }

  readVersion2(): Exchange[] {
    return Object.entries(asNode(this.root['channels'])).flatMap(([address, value]) => {
      const channel = this.follow(value);
      // Named from the side of those who use the application: they subscribe to what it sends.
      const sides: [string, Action][] = [
        ['subscribe', 'send'],
        ['publish', 'receive'],
      ];
      return sides.flatMap(([key, action]) => {
        if (!isNode(channel[key])) return [];
        const message = this.follow(asNode(channel[key])['message']);
        const alternatives =
          'oneOf' in message ? asList(message['oneOf']) : [asNode(channel[key])['message']];
        return [{ action, address, messages: this.messages(alternatives), bindings: channel['bindings'] }];
      });
    });
  }

  readVersion3(): Exchange[] {
    const used = new Set<unknown>();
    const exchanges = Object.values(asNode(this.root['operations'])).map((value): Exchange => {
      const operation = this.follow(value);
      const channel = this.follow(operation['channel']);
      used.add(channel);
      return {
        action: operation['action'] === 'receive' ? 'receive' : 'send',
        address: this.addressOf(channel, operation['channel']),
        messages:
          operation['messages'] === undefined
            ? this.namedMessages(channel)
            : this.messages(asList(operation['messages'])),
        bindings: channel['bindings'],
      };
    });
    // A channel that no operation uses is a library's; it is compared like one that is sent to.
    const unused = Object.entries(asNode(this.root['channels']))
      .map(([id, value]) => ({ id, channel: this.follow(value) }))
      .filter(({ channel }) => !used.has(channel));
    return [
      ...exchanges,
      ...unused.map(({ id, channel }): Exchange => ({
        action: 'send',
        address: typeof channel['address'] === 'string' ? channel['address'] : id,
        messages: this.namedMessages(channel),
        bindings: channel['bindings'],
      })),
    ];
  }

  private addressOf(channel: Node, reference: unknown): string {
    if (typeof channel['address'] === 'string') return channel['address'];
    return lastPart(asNode(reference)['$ref']) ?? '';
  }

  private namedMessages(channel: Node): Map<string, Message> {
    const entries = Object.entries(asNode(channel['messages']));
    return new Map(entries.map(([name, value]) => [name, this.message(this.follow(value))]));
  }

  private messages(values: readonly unknown[]): Map<string, Message> {
    return new Map(
      values.map((value, index) => {
        const message = this.follow(value);
        const given = message['messageId'] ?? message['name'] ?? lastPart(asNode(value)['$ref']);
        return [typeof given === 'string' ? given : `message ${index + 1}`, this.message(message)];
      }),
    );
  }

  private message(message: Node): Message {
    const payload = asNode(message['payload']);
    const format = message['schemaFormat'] ?? payload['schemaFormat'];
    const isWrapped = typeof payload['schemaFormat'] === 'string' && 'schema' in payload;
    return {
      payload: isWrapped ? payload['schema'] : message['payload'],
      headers: message['headers'],
      contentType: message['contentType'] ?? this.root['defaultContentType'],
      schemaFormat:
        typeof format === 'string' && !/asyncapi|schema\+json|openapi/.test(format) ? format : undefined,
    };
  }

  follow(value: unknown, steps = 0): Node {
    const reference = asNode(value)['$ref'];
    if (typeof reference !== 'string' || steps > 20) return asNode(value);
    const target = resolvePointer(this.root, reference);
    return target === undefined ? asNode(value) : this.follow(target, steps + 1);
  }
}

function lastPart(reference: unknown): string | undefined {
  return typeof reference === 'string' ? reference.split('/').at(-1) : undefined;
}
