import { list, read, replace } from '../../api-definitions/openapi.ts';
import { eventStream, grpcApi, httpApi } from '../apis.ts';
import { library, service } from '../components.ts';
import type { System } from '../model.ts';
import { cache, database, topic } from '../resources.ts';

/** Repository `card-authorisation`. */
export const cardAuthorisation: System = {
  name: 'card-authorisation',
  title: 'Card Authorisation',
  description: 'Says yes or no to each card purchase in under 120 milliseconds.',
  domain: 'cards',
  owner: 'cards',
  components: [
    service(
      'authorisation-engine',
      'rust',
      'Decides on each purchase: balance, limits, fraud score, scheme rules.',
      {
        tier: 1,
        tags: ['pci', 'low-latency'],
        provides: ['authorisation-api', 'authorisation-events'],
        consumes: ['holds-api', 'fraud-scoring-api'],
        dependsOn: [
          'resource:authorisation-cache',
          'resource:authorisations-db',
          'resource:authorisation-events-topic',
        ],
      },
    ),
    service(
      'scheme-connector',
      'rust',
      'Holds the lines to the card schemes open and translates their messages.',
      {
        tier: 1,
        tags: ['pci', 'iso8583'],
        consumes: ['authorisation-api'],
        dependsOn: ['component:iso8583-parser'],
      },
    ),
    service('stand-in-processor', 'rust', 'Answers small purchases by itself while the engine is away.', {
      tier: 1,
      tags: ['pci', 'resilience'],
      dependsOn: ['resource:authorisation-cache', 'component:iso8583-parser'],
    }),
    service(
      'spend-controls',
      'kotlin',
      'Rules that customers set for their cards: countries, kinds of shop, amounts.',
      {
        tags: ['rest'],
        provides: ['spend-controls-api'],
        consumes: ['cards-api'],
        dependsOn: ['resource:authorisations-db'],
      },
    ),
    library('iso8583-parser', 'rust', 'Parses and builds scheme messages without copying a byte.', {
      tags: ['iso8583', 'fuzzed'],
    }),
    library(
      'authorisation-replay',
      'rust',
      'Replays a day of purchases against a new engine and lists each changed decision.',
      {
        lifecycle: 'experimental',
        tier: 3,
        tags: ['testing'],
        dependsOn: ['resource:authorisations-db'],
      },
    ),
  ],
  apis: [
    grpcApi('authorisation-api', {
      package: 'ferrowick.cards.authorisation.v3',
      service: 'Authorisation',
      description: 'Decides on purchases and takes decisions back.',
      procedures: [
        { name: 'Authorise', summary: 'Decides on one purchase.', reply: 'Decision' },
        { name: 'Reverse', summary: 'Takes an approved purchase back.', reply: 'Decision' },
      ],
      messages: {
        AuthoriseRequest: {
          cardToken: 'text',
          amount: 'Money',
          merchantName: 'text',
          merchantCategory: 'text',
          country: 'country',
        },
        ReverseRequest: { authorisationId: 'uuid' },
        Decision: {
          authorisationId: 'uuid',
          outcome: 'approved|declined|reversed',
          'declineReason?': 'text',
          decidedAt: 'time',
        },
      },
    }),
    httpApi('spend-controls-api', {
      title: 'Spend controls',
      version: '1.4.1',
      description: 'What a card may be used for.',
      operations: [
        read('/cards/{cardId}/controls', 'getControls', 'Controls of a card', { gives: 'Controls' }),
        replace('/cards/{cardId}/controls', 'setControls', 'Replace the controls', {
          takes: 'Controls',
          gives: 'Controls',
        }),
        list('/cards/{cardId}/declines', 'listDeclines', 'Purchases that the controls stopped', {
          gives: 'Decline',
        }),
      ],
      messages: {
        Controls: {
          isOnlineAllowed: 'yes',
          countries: 'country[]',
          'blockedCategories?': 'text[]',
          'monthlyCeiling?': 'Money',
        },
        Decline: { at: 'time', merchantName: 'text', amount: 'Money', control: 'text' },
      },
    }),
    eventStream('authorisation-events', {
      title: 'Authorisation events',
      version: '2.0.0',
      description: 'Every decision on a purchase, a second after it was made.',
      events: [
        {
          address: 'cards.purchase-approved.v2',
          message: 'PurchaseApproved',
          summary: 'A purchase was approved',
        },
        {
          address: 'cards.purchase-declined.v2',
          message: 'PurchaseDeclined',
          summary: 'A purchase was declined',
        },
      ],
      messages: {
        PurchaseApproved: {
          authorisationId: 'uuid',
          cardId: 'uuid',
          amount: 'Money',
          merchantName: 'text',
          approvedAt: 'time',
        },
        PurchaseDeclined: {
          authorisationId: 'uuid',
          cardId: 'uuid',
          amount: 'Money',
          reason: 'text',
          declinedAt: 'time',
        },
      },
    }),
  ],
  resources: [
    cache('authorisation-cache', 'Balances and card states for decisions without a database.'),
    database('authorisations-db', 'Decisions of the last 18 months.'),
    topic('authorisation-events-topic', 'Decisions, keyed by card.'),
  ],
};
