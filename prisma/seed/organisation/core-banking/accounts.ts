import { change, create, list, read, remove } from '../../api-definitions/openapi.ts';
import { eventStream, grpcApi, httpApi } from '../apis.ts';
import { batchJob, service } from '../components.ts';
import type { System } from '../model.ts';
import { database, topic } from '../resources.ts';

/** Repository `accounts`. */
export const accounts: System = {
  name: 'accounts',
  title: 'Accounts',
  description: 'Current accounts and pots: opening, holding, earning interest, closing.',
  domain: 'core-banking',
  owner: 'ledger',
  components: [
    service('account-service', 'java', 'The record of every account and who may do what with it.', {
      tier: 1,
      tags: ['rest'],
      provides: ['accounts-api', 'account-events'],
      consumes: ['ledger-posting-api', 'customers-api', 'permissions-api'],
      dependsOn: ['resource:accounts-db', 'resource:account-events-topic', 'component:account-numbering'],
    }),
    service('holds-service', 'java', 'Reserves money for payments and purchases that are on their way.', {
      tier: 1,
      tags: ['grpc', 'low-latency'],
      provides: ['holds-api'],
      consumes: ['ledger-events'],
      dependsOn: ['resource:accounts-db', 'component:balance-projector'],
    }),
    service('account-numbering', 'java', 'Gives out account numbers and IBANs without gaps or repeats.', {
      partOf: 'account-service',
      dependsOn: ['resource:accounts-db'],
      tags: ['iban'],
    }),
    service('savings-pots', 'kotlin', 'Pots inside an account to put money aside for taxes.', {
      lifecycle: 'experimental',
      tier: 3,
      tags: ['pilot'],
      consumes: ['accounts-api', 'ledger-posting-api'],
      dependsOn: ['resource:accounts-db'],
    }),
    batchJob('interest-accrual', 'java', 'Computes and posts interest of every account each night.', {
      tier: 1,
      tags: ['scheduling'],
      consumes: ['ledger-posting-api', 'accounts-api'],
      dependsOn: ['resource:accounts-db'],
    }),
    batchJob(
      'dormant-account-sweeper',
      'java',
      'Marks accounts that nobody used for two years and tells their owners.',
      {
        tier: 3,
        tags: ['scheduling', 'gdpr'],
        consumes: ['accounts-api', 'notifications-api'],
        dependsOn: ['resource:accounts-db'],
      },
    ),
  ],
  apis: [
    httpApi('accounts-api', {
      title: 'Accounts',
      version: '4.0.0',
      description: 'Open, read, rename and close accounts.',
      operations: [
        create('/accounts', 'openAccount', 'Open an account', { takes: 'NewAccount', gives: 'Account' }),
        list('/accounts', 'listAccounts', 'Accounts that the caller may see', { gives: 'Account' }),
        read('/accounts/{accountId}', 'getAccount', 'One account with its balance', { gives: 'Account' }),
        change('/accounts/{accountId}', 'renameAccount', 'Give the account a name', {
          takes: 'AccountName',
          gives: 'Account',
        }),
        remove('/accounts/{accountId}', 'closeAccount', 'Close an empty account'),
      ],
      messages: {
        NewAccount: { customerId: 'uuid', currency: 'currency', product: 'current|savings-pot' },
        AccountName: { name: 'text' },
        Account: {
          accountId: 'uuid',
          iban: 'iban',
          'name?': 'text',
          balance: 'Money',
          available: 'Money',
          status: 'open|dormant|closed',
        },
      },
    }),
    grpcApi('holds-api', {
      package: 'ferrowick.accounts.holds.v2',
      service: 'Holds',
      description: 'Reserves money and lets it go again.',
      procedures: [
        { name: 'Place', summary: 'Reserves an amount, or says what is missing.', reply: 'Hold' },
        { name: 'Capture', summary: 'Turns a hold into a posting.', reply: 'Hold' },
        { name: 'Release', summary: 'Lets the money go.', reply: 'Hold' },
      ],
      messages: {
        PlaceRequest: { accountId: 'uuid', amount: 'Money', reason: 'text', expiresAt: 'time' },
        CaptureRequest: { holdId: 'uuid', amount: 'Money' },
        ReleaseRequest: { holdId: 'uuid' },
        Hold: {
          holdId: 'uuid',
          amount: 'Money',
          state: 'placed|refused|captured|released',
          'shortfall?': 'Money',
        },
      },
    }),
    eventStream('account-events', {
      title: 'Account events',
      version: '1.0.3',
      description: 'Accounts that were opened, changed or closed.',
      events: [
        { address: 'accounts.account-opened.v1', message: 'AccountOpened', summary: 'A new account exists' },
        {
          address: 'accounts.account-closed.v1',
          message: 'AccountClosed',
          summary: 'An account is closed for good',
        },
      ],
      messages: {
        AccountOpened: { accountId: 'uuid', customerId: 'uuid', currency: 'currency', openedAt: 'time' },
        AccountClosed: { accountId: 'uuid', reason: 'text', closedAt: 'time' },
      },
    }),
  ],
  resources: [
    database('accounts-db', 'Accounts, holders, holds and rights.'),
    topic('account-events-topic', 'Account changes, keyed by account.'),
  ],
};
