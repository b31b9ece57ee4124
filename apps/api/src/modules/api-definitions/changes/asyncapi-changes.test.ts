import { describe, expect, it } from 'vitest';
import { compareDefinitions } from './compare-definitions.ts';

function version3(payload: object, action = 'send', more: object = {}): string {
  return JSON.stringify({
    asyncapi: '3.0.0',
    info: { title: 'Orders', version: '1' },
    defaultContentType: 'application/json',
    channels: {
      orders: { address: 'orders.v1', messages: { Placed: { $ref: '#/components/messages/Placed' } } },
    },
    operations: {
      one: {
        action,
        channel: { $ref: '#/channels/orders' },
        messages: [{ $ref: '#/channels/orders/messages/Placed' }],
      },
    },
    components: { messages: { Placed: { payload } } },
    ...more,
  });
}

function version2(payload: object, side = 'subscribe'): string {
  return JSON.stringify({
    asyncapi: '2.6.0',
    info: { title: 'Orders', version: '1' },
    defaultContentType: 'application/json',
    channels: { 'orders.v1': { [side]: { message: { name: 'Placed', payload } } } },
  });
}

const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required });
const text = { type: 'string' };
const whole = { type: 'integer' };

async function changesOf(before: string, after: string): Promise<string[]> {
  const changes = await compareDefinitions('asyncapi', before, after);
  return changes.map(({ level, path, message }) => `${level} | ${path} | ${message}`);
}

describe('changes of AsyncAPI', () => {
  it.each([
    ['a payload’s type changes', object({ id: whole }), object({ id: text }), 'breaking', 'breaking'],
    ['a field goes', object({ id: whole, a: text }), object({ id: whole }), 'breaking', 'unclear'],
    [
      'a field becomes required',
      object({ id: whole }),
      object({ id: whole }, ['id']),
      'compatible',
      'breaking',
    ],
    [
      'a field becomes optional',
      object({ id: whole }, ['id']),
      object({ id: whole }),
      'breaking',
      'compatible',
    ],
    ['a value is new', { enum: ['a'] }, { enum: ['a', 'b'] }, 'unclear', 'compatible'],
    ['a field is new', object({}), object({ id: whole }), 'compatible', 'compatible'],
  ])('judge by who reads that %s, in both versions', async (_what, before, after, whenSent, whenReceived) => {
    const levelOf = async (left: string, right: string) =>
      (await compareDefinitions('asyncapi', left, right))[0]?.level;
    expect(await levelOf(version3(before), version3(after))).toBe(whenSent);
    expect(await levelOf(version3(before, 'receive'), version3(after, 'receive'))).toBe(whenReceived);
    expect(await levelOf(version2(before), version2(after))).toBe(whenSent);
    expect(await levelOf(version2(before, 'publish'), version2(after, 'publish'))).toBe(whenReceived);
  });

  it('see no difference in a move from version 2 to version 3', async () => {
    const payload = object({ id: whole });
    expect(await changesOf(version2(payload), version3(payload))).toEqual([]);
    expect(await changesOf(version2(payload), version3(object({ id: text })))).toEqual([
      'breaking | send orders.v1 › id | The type changed from integer to string.',
    ]);
  });

  it('report exchanges and servers that come and go', async () => {
    const payload = object({});
    const other = version3(payload, 'send', {
      channels: {
        orders: { address: 'orders.v2', messages: { Placed: { $ref: '#/components/messages/Placed' } } },
      },
      servers: { production: { host: 'kafka.example.com', protocol: 'kafka' } },
    });
    expect(await changesOf(version3(payload), other)).toEqual([
      'breaking | send orders.v1 | Nothing is exchanged here any more.',
      'compatible | send orders.v2 | The exchange is new.',
      'compatible | servers production | The server is new.',
    ]);
  });

  it('do not judge a payload in another schema language', async () => {
    const avro = (name: string) => ({
      schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
      schema: { type: 'record', name },
    });
    expect(await changesOf(version3(avro('A')), version3(avro('B')))).toEqual([
      'unclear | send orders.v1 ›  | The payload changed, in a schema language that is not compared.',
    ]);
  });
});
