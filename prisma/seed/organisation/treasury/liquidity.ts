import { graphqlApi } from '../apis.ts';
import { batchJob, dataPipeline, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { database } from '../resources.ts';

/** Repository `liquidity`. */
export const liquidity: System = {
  name: 'liquidity',
  title: 'Liquidity',
  description: 'How much money is where, how much will be needed, and moving it in time.',
  domain: 'treasury',
  owner: 'treasury',
  components: [
    service('liquidity-monitor', 'scala', 'Positions of all nostro accounts through the day, with alarms.', {
      tier: 1,
      tags: ['graphql', 'kafka'],
      provides: ['liquidity-graph'],
      consumes: ['settlement-events', 'ledger-events'],
      dependsOn: ['resource:treasury-db'],
    }),
    dataPipeline('cash-forecaster', 'python', 'Expected in and out of each account for the next 20 days.', {
      tags: ['forecasting', 'airflow'],
      dependsOn: ['resource:treasury-db', 'resource:warehouse'],
    }),
    service('funding-planner', 'scala', 'Proposes transfers between our banks so that none runs dry.', {
      tags: ['optimisation'],
      consumes: ['liquidity-graph', 'payments-api'],
      dependsOn: ['component:cash-forecaster', 'resource:treasury-db'],
    }),
    batchJob(
      'nostro-reconciler',
      'python',
      'Matches the statements of other banks with our books, line by line.',
      {
        tags: ['reconciliation', 'sox'],
        consumes: ['ledger-posting-api'],
        dependsOn: ['resource:treasury-db', 'component:iso20022-codec'],
      },
    ),
    website(
      'treasury-desk',
      'typescript',
      'The screen of the treasury desk: positions, forecasts, proposals.',
      {
        tags: ['internal', 'react'],
        consumes: ['liquidity-graph', 'fx-rates-api'],
        dependsOn: ['component:session-guard', 'component:funding-planner'],
      },
    ),
  ],
  apis: [
    graphqlApi('liquidity-graph', {
      description: 'Positions, forecasts and funding proposals in one graph.',
      schema: `
"""An amount in the smallest unit of its currency."""
type Money {
  minorUnits: Int!
  currency: String!
}

"""An account that we hold with another bank."""
type NostroAccount {
  id: ID!
  bank: String!
  currency: String!
  position: Money!
  floor: Money!
  forecast(days: Int = 5): [ForecastPoint!]!
}

type ForecastPoint {
  date: String!
  low: Money!
  expected: Money!
  high: Money!
}

enum ProposalState {
  PROPOSED
  APPROVED
  REJECTED
  EXECUTED
}

type FundingProposal {
  id: ID!
  from: NostroAccount!
  to: NostroAccount!
  amount: Money!
  state: ProposalState!
  reason: String!
}

type Query {
  nostroAccounts(currency: String): [NostroAccount!]!
  nostroAccount(id: ID!): NostroAccount
  fundingProposals(state: ProposalState): [FundingProposal!]!
}

type Mutation {
  approveProposal(id: ID!): FundingProposal!
  rejectProposal(id: ID!, reason: String!): FundingProposal!
}

type Subscription {
  positionChanged(accountId: ID!): NostroAccount!
}
`,
    }),
  ],
  resources: [database('treasury-db', 'Positions, forecasts, proposals and who approved them.')],
};
