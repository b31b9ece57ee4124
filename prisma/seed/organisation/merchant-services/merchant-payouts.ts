import { list, read, replace } from '../../api-definitions/openapi.ts';
import { graphqlApi, httpApi } from '../apis.ts';
import { batchJob, dataPipeline, library, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { database } from '../resources.ts';

/** Repository `merchant-payouts`. */
export const merchantPayouts: System = {
  name: 'merchant-payouts',
  title: 'Merchant Payouts',
  description: 'Collects what a merchant sold, takes our fee, and pays out the rest.',
  domain: 'merchant-services',
  owner: 'merchants',
  components: [
    service('payout-service', 'kotlin', 'What each merchant is owed, and the payouts that settle it.', {
      tier: 1,
      tags: ['rest'],
      provides: ['payouts-api'],
      consumes: ['payments-api', 'ledger-posting-api'],
      dependsOn: ['resource:payouts-db', 'component:fee-calculator'],
    }),
    batchJob('payout-scheduler', 'kotlin', 'Starts the payouts of the day by each merchant’s own rhythm.', {
      tier: 1,
      tags: ['scheduling'],
      consumes: ['payouts-api'],
      dependsOn: ['resource:payouts-db'],
    }),
    library('fee-calculator', 'kotlin', 'Our fee for a sale, by contract, card and country.', {
      tags: ['jvm', 'pricing'],
    }),
    service('merchant-reporting', 'typescript', 'Sales, fees and payouts as merchants want to see them.', {
      tags: ['graphql'],
      provides: ['merchant-reporting-graph'],
      consumes: ['payouts-api', 'checkout-api'],
      dependsOn: ['resource:payouts-db'],
    }),
    website(
      'merchant-portal',
      'typescript',
      'Where merchants see their sales, refund a shopper and change their settings.',
      {
        tier: 1,
        tags: ['react', 'public'],
        consumes: ['merchant-reporting-graph', 'payment-links-api', 'identity-api'],
        dependsOn: ['component:harbour-design-system', 'component:session-guard'],
      },
    ),
    dataPipeline(
      'payout-reconciliation',
      'python',
      'Proves each night that sales minus fees equals payouts.',
      {
        tags: ['reconciliation', 'airflow'],
        dependsOn: ['resource:warehouse', 'resource:payouts-db'],
      },
    ),
  ],
  apis: [
    httpApi('payouts-api', {
      title: 'Payouts',
      version: '1.6.0',
      description: 'Payouts to merchants and their schedule.',
      operations: [
        list('/merchants/{merchantId}/payouts', 'listPayouts', 'Payouts, latest first', { gives: 'Payout' }),
        read('/payouts/{payoutId}', 'getPayout', 'One payout with its lines', { gives: 'Payout' }),
        replace('/merchants/{merchantId}/payout-schedule', 'setSchedule', 'Change the rhythm', {
          takes: 'Schedule',
          gives: 'Schedule',
        }),
      ],
      messages: {
        Schedule: { rhythm: 'daily|weekly|monthly', 'minimum?': 'Money' },
        PayoutLine: { sessionId: 'uuid', sold: 'Money', fee: 'Money' },
        Payout: {
          payoutId: 'uuid',
          amount: 'Money',
          lines: 'PayoutLine[]',
          state: 'planned|sent|arrived|failed',
          sentOn: 'date',
        },
      },
    }),
    graphqlApi('merchant-reporting-graph', {
      description: 'Sales, fees and payouts of a merchant for dashboards and exports.',
      schema: `
"""A calendar date, such as 2026-03-31."""
scalar Date

type Money {
  minorUnits: Int!
  currency: String!
}

enum SaleState {
  PAID
  REFUNDED
  DISPUTED
}

type Sale {
  id: ID!
  at: String!
  amount: Money!
  fee: Money!
  state: SaleState!
  payout: Payout
}

type Payout {
  id: ID!
  sentOn: Date!
  amount: Money!
  sales(first: Int = 50, after: String): SaleConnection!
}

type SaleConnection {
  nodes: [Sale!]!
  endCursor: String
  hasNextPage: Boolean!
}

type DailyTotal {
  date: Date!
  sold: Money!
  fees: Money!
  count: Int!
}

type Merchant {
  id: ID!
  tradingName: String!
  sales(from: Date!, to: Date!, first: Int = 50, after: String): SaleConnection!
  dailyTotals(from: Date!, to: Date!): [DailyTotal!]!
  payouts(from: Date!, to: Date!): [Payout!]!
}

type Query {
  merchant(id: ID!): Merchant
}
`,
    }),
  ],
  resources: [database('payouts-db', 'Balances of merchants, payouts and contracts.')],
};
