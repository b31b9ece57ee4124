import { graphqlApi } from '../apis.ts';
import { library, mobileApp, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { cache } from '../resources.ts';

/** Repository `digital-banking`. */
export const digitalBanking: System = {
  name: 'digital-banking',
  title: 'Digital Banking',
  description: 'What customers hold in their hands: web banking and the apps for iOS and Android.',
  domain: 'customer',
  owner: 'channels',
  components: [
    website('web-banking', 'typescript', 'Accounts, payments, cards and loans in the browser.', {
      tier: 1,
      tags: ['react', 'public'],
      consumes: ['banking-graph'],
      dependsOn: [
        'component:harbour-design-system',
        'component:session-guard',
        'component:feature-flag-client',
      ],
    }),
    mobileApp('ferrowick-ios', 'swift', 'The app for iPhone; a new version every second Tuesday.', {
      tier: 1,
      tags: ['ios', 'public'],
      consumes: ['banking-graph', 'card-tokens-api'],
      dependsOn: ['component:banking-graph-gateway'],
    }),
    mobileApp('ferrowick-android', 'kotlin', 'The app for Android phones, from version 10 of Android on.', {
      tier: 1,
      tags: ['android', 'public'],
      consumes: ['banking-graph', 'card-tokens-api'],
      dependsOn: ['component:banking-graph-gateway'],
    }),
    service(
      'banking-graph-gateway',
      'typescript',
      'The one API behind all three channels; joins eleven services.',
      {
        tier: 1,
        tags: ['graphql'],
        provides: ['banking-graph'],
        consumes: [
          'accounts-api',
          'payments-api',
          'cards-api',
          'loans-api',
          'statements-api',
          'customers-api',
        ],
        dependsOn: ['resource:banking-session-cache', 'component:session-guard'],
      },
    ),
    library(
      'harbour-design-system',
      'typescript',
      'Components, colours and words of everything with our name on it.',
      {
        tags: ['react', 'accessibility'],
        hasOwnDocs: true,
      },
    ),
    library('feature-flag-client', 'typescript', 'Switches features on for some customers first.', {
      tags: ['react', 'npm'],
    }),
    website(
      'web-banking-classic',
      'php',
      'The first web banking. A few hundred accountants still use its export page.',
      {
        lifecycle: 'deprecated',
        replacedBy: 'web-banking',
        tier: 3,
        tags: ['legacy', 'public'],
        consumes: ['accounts-api'],
      },
    ),
  ],
  apis: [
    graphqlApi('banking-graph', {
      description: 'Everything that web banking and the apps show and do.',
      schema: `
"""An instant in ISO 8601."""
scalar DateTime

type Money {
  minorUnits: Int!
  currency: String!
}

type Account {
  id: ID!
  iban: String!
  name: String
  balance: Money!
  available: Money!
  transactions(first: Int = 30, after: String): TransactionConnection!
  cards: [Card!]!
}

type Transaction {
  id: ID!
  bookedAt: DateTime!
  amount: Money!
  counterparty: String!
  reference: String
  category: String
}

type TransactionConnection {
  nodes: [Transaction!]!
  endCursor: String
  hasNextPage: Boolean!
}

enum CardState {
  ORDERED
  ACTIVE
  FROZEN
  BLOCKED
}

type Card {
  id: ID!
  lastDigits: String!
  holderName: String!
  state: CardState!
}

type Loan {
  id: ID!
  outstanding: Money!
  nextInstalment: Money
  nextInstalmentOn: DateTime
}

enum PaymentState {
  ACCEPTED
  HELD
  SENT
  SETTLED
  RETURNED
}

type Payment {
  id: ID!
  amount: Money!
  creditorName: String!
  state: PaymentState!
}

input NewPayment {
  fromAccount: ID!
  creditorName: String!
  creditorIban: String!
  minorUnits: Int!
  currency: String!
  reference: String
}

type Query {
  accounts: [Account!]!
  account(id: ID!): Account
  loans: [Loan!]!
  payment(id: ID!): Payment
}

type Mutation {
  pay(payment: NewPayment!): Payment!
  setCardState(cardId: ID!, state: CardState!): Card!
  renameAccount(accountId: ID!, name: String!): Account!
}
`,
    }),
  ],
  resources: [cache('banking-session-cache', 'Sessions of web banking and the apps.')],
};
