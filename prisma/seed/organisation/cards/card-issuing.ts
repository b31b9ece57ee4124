import { create, list, read, replace } from '../../api-definitions/openapi.ts';
import { eventStream, grpcApi, httpApi } from '../apis.ts';
import { batchJob, service } from '../components.ts';
import type { System } from '../model.ts';
import { database, topic, vault } from '../resources.ts';

/** Repository `card-issuing`. */
export const cardIssuing: System = {
  name: 'card-issuing',
  title: 'Card Issuing',
  description: 'Orders, produces and replaces cards of plastic and cards that exist only in a phone.',
  domain: 'cards',
  owner: 'cards',
  components: [
    service('card-issuer', 'kotlin', 'Creates cards, chooses their numbers and decides about replacement.', {
      tier: 1,
      tags: ['pci', 'rest'],
      provides: ['cards-api', 'card-events'],
      consumes: ['accounts-api', 'customers-api'],
      dependsOn: ['resource:cards-db', 'resource:card-vault', 'resource:card-events-topic'],
    }),
    service('card-lifecycle', 'kotlin', 'Activates, freezes, blocks and renews cards.', {
      tags: ['pci'],
      consumes: ['cards-api', 'notifications-api'],
      dependsOn: ['resource:cards-db', 'component:card-issuer'],
    }),
    service(
      'virtual-card-service',
      'kotlin',
      'Single-use cards for online subscriptions; open to 200 pilot customers.',
      {
        lifecycle: 'experimental',
        tier: 3,
        tags: ['pci', 'pilot'],
        consumes: ['cards-api', 'spend-controls-api'],
        dependsOn: ['resource:card-vault'],
      },
    ),
    service('wallet-tokeniser', 'go', 'Puts cards into phone wallets and keeps their tokens in step.', {
      tier: 1,
      tags: ['pci', 'grpc'],
      provides: ['card-tokens-api'],
      consumes: ['cards-api'],
      dependsOn: ['resource:card-vault'],
    }),
    service('pin-service', 'go', 'Sets, changes and reveals the PIN of a card; the only process that may.', {
      tier: 1,
      tags: ['pci', 'hsm'],
      dependsOn: ['resource:pin-keys', 'resource:cards-db'],
    }),
    batchJob(
      'card-embossing-exporter',
      'kotlin',
      'Sends new cards to the bureau that prints them, twice a day.',
      {
        tags: ['pci', 'sftp'],
        consumes: ['cards-api'],
        dependsOn: ['resource:card-vault', 'component:pin-service'],
      },
    ),
  ],
  apis: [
    httpApi('cards-api', {
      title: 'Cards',
      version: '1.12.0',
      description: 'Cards of an account: order, look up, freeze.',
      operations: [
        create('/cards', 'orderCard', 'Order a card', { takes: 'CardOrder', gives: 'Card' }),
        list('/cards', 'listCards', 'Cards of the caller', { gives: 'Card' }),
        read('/cards/{cardId}', 'getCard', 'One card without its number', { gives: 'Card' }),
        replace('/cards/{cardId}/state', 'setCardState', 'Freeze, unfreeze or block', {
          takes: 'CardState',
          gives: 'Card',
        }),
      ],
      messages: {
        CardOrder: { accountId: 'uuid', holderName: 'text', form: 'plastic|virtual', 'design?': 'text' },
        CardState: { state: 'active|frozen|blocked', 'reason?': 'text' },
        Card: {
          cardId: 'uuid',
          order: 'CardOrder',
          lastDigits: 'text',
          expires: 'date',
          state: 'ordered|active|frozen|blocked',
        },
      },
    }),
    eventStream('card-events', {
      title: 'Card events',
      version: '1.3.0',
      description: 'The life of each card, for whoever has to know of it.',
      events: [
        { address: 'cards.card-ordered.v1', message: 'CardOrdered', summary: 'A customer ordered a card' },
        {
          address: 'cards.card-state-changed.v1',
          message: 'CardStateChanged',
          summary: 'Frozen, unfrozen or blocked',
        },
      ],
      messages: {
        CardOrdered: { cardId: 'uuid', accountId: 'uuid', form: 'plastic|virtual', orderedAt: 'time' },
        CardStateChanged: {
          cardId: 'uuid',
          state: 'active|frozen|blocked',
          changedBy: 'customer|operator|fraud',
          changedAt: 'time',
        },
      },
    }),
    grpcApi('card-tokens-api', {
      package: 'ferrowick.cards.tokens.v1',
      service: 'CardTokens',
      description: 'Tokens that stand for a card in a wallet.',
      procedures: [
        { name: 'Provision', summary: 'Creates a token for one device.', reply: 'Token' },
        { name: 'Suspend', summary: 'Suspends all tokens of a card.' },
      ],
      messages: {
        ProvisionRequest: { cardId: 'uuid', wallet: 'apple|google', deviceId: 'text' },
        Token: { tokenId: 'uuid', cardId: 'uuid', state: 'active|suspended', createdAt: 'time' },
        SuspendRequest: { cardId: 'uuid', reason: 'text' },
        SuspendReply: { suspended: 'integer' },
      },
    }),
  ],
  resources: [
    database('cards-db', 'Cards, holders and states; no card numbers.'),
    vault('card-vault', 'Card numbers, encrypted; inside the PCI zone.'),
    vault('pin-keys', 'Keys of PIN blocks in a hardware module.'),
    topic('card-events-topic', 'Card state changes, keyed by card.'),
  ],
};
