import { stringify } from 'yaml';
import { company } from '../organisation/company.ts';
import type { ApiDefinition } from './definition.ts';
import { messageNamed, messageSchema, reachableMessages, schemaReference } from './field-notation.ts';
import type { JsonSchema, Messages } from './field-notation.ts';

/** One kind of event. */
export interface EventChannel {
  /** Topic name, such as `payments.payment-settled.v1`. */
  address: string;
  /** Message name, such as `PaymentSettled`. */
  message: string;
  summary: string;
}

/** What {@link asyncApi} needs to know of a stream of events. */
export interface AsyncApiInput {
  title: string;
  version: string;
  description: string;
  events: readonly EventChannel[];
  messages: Messages;
}

/** An AsyncAPI 3.0 document for events on the company's Kafka cluster. */
export function asyncApi(input: AsyncApiInput): ApiDefinition {
  const schemas: Record<string, JsonSchema> = {};
  const roots = input.events.map((event) => event.message);
  for (const name of reachableMessages(input.messages, roots)) {
    schemas[name] = messageSchema(messageNamed(input.messages, name));
  }
  const document = {
    asyncapi: '3.0.0',
    info: { title: input.title, version: input.version, description: input.description },
    defaultContentType: 'application/json',
    servers: { production: { host: `kafka.${company.host}:9093`, protocol: 'kafka-secure' } },
    channels: Object.fromEntries(input.events.map((event) => [channelName(event), channelObject(event)])),
    operations: Object.fromEntries(
      input.events.map((event) => [`publish${event.message}`, sendOperation(event)]),
    ),
    components: {
      messages: Object.fromEntries(input.events.map((event) => [event.message, messageObject(event)])),
      schemas,
    },
  };
  return { type: 'asyncapi', text: stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }) };
}

function channelName(event: EventChannel): string {
  return event.message.charAt(0).toLowerCase() + event.message.slice(1);
}

function channelObject(event: EventChannel): JsonSchema {
  return {
    address: event.address,
    messages: { [event.message]: { $ref: `#/components/messages/${event.message}` } },
  };
}

function sendOperation(event: EventChannel): JsonSchema {
  const channel = `#/channels/${channelName(event)}`;
  return {
    action: 'send',
    summary: event.summary,
    channel: { $ref: channel },
    messages: [{ $ref: `${channel}/messages/${event.message}` }],
  };
}

function messageObject(event: EventChannel): JsonSchema {
  return { name: event.message, summary: event.summary, payload: schemaReference(event.message) };
}
