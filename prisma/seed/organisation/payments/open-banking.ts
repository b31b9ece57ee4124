import { create, list, read, remove } from '../../api-definitions/openapi.ts';
import { httpApi } from '../apis.ts';
import { batchJob, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { database, vault } from '../resources.ts';

/** Repository `open-banking`. */
export const openBanking: System = {
  name: 'open-banking',
  title: 'Open Banking',
  description: 'What licensed third parties may read and start on behalf of our customers.',
  domain: 'payments',
  owner: 'bank-connectivity',
  components: [
    service('consent-service', 'java', 'Keeps what a customer allowed whom, and for how long.', {
      tier: 1,
      tags: ['psd2', 'rest'],
      provides: ['consents-api'],
      consumes: ['identity-api'],
      dependsOn: ['resource:consents-db'],
    }),
    service(
      'account-information-service',
      'java',
      'Balances and transactions for third parties with a consent.',
      {
        tags: ['psd2', 'rest'],
        provides: ['account-information-api'],
        consumes: ['consents-api', 'accounts-api'],
        dependsOn: ['component:consent-service'],
      },
    ),
    service(
      'payment-initiation-service',
      'java',
      'Payments that a third party starts and the customer confirms.',
      {
        tags: ['psd2', 'rest'],
        provides: ['payment-initiation-api'],
        consumes: ['consents-api', 'payments-api', 'fraud-scoring-api'],
        dependsOn: ['component:consent-service', 'resource:consents-db'],
      },
    ),
    batchJob(
      'third-party-directory-sync',
      'python',
      'Copies the register of licensed third parties every night.',
      {
        tags: ['psd2'],
        dependsOn: ['resource:third-party-certificates'],
      },
    ),
    website(
      'open-banking-sandbox',
      'typescript',
      'Documentation, test accounts and a console for third-party developers.',
      {
        tier: 3,
        tags: ['public', 'docs'],
        consumes: ['account-information-api', 'payment-initiation-api'],
      },
    ),
  ],
  apis: [
    httpApi('consents-api', {
      title: 'Consents',
      version: '3.1.0',
      description: 'Create, read and revoke consents.',
      operations: [
        create('/open-banking/consents', 'createConsent', 'Ask for a consent', {
          takes: 'NewConsent',
          gives: 'Consent',
        }),
        read('/open-banking/consents/{consentId}', 'getConsent', 'One consent', { gives: 'Consent' }),
        remove('/open-banking/consents/{consentId}', 'revokeConsent', 'Revoke a consent at once'),
      ],
      messages: {
        NewConsent: { thirdPartyId: 'text', scopes: 'text[]', validUntil: 'date' },
        Consent: {
          consentId: 'uuid',
          granted: 'NewConsent',
          status: 'awaiting|valid|revoked|expired',
          'grantedAt?': 'time',
        },
      },
    }),
    httpApi('account-information-api', {
      title: 'Account information',
      version: '3.1.0',
      description: 'Accounts, balances and transactions, limited by the consent of the customer.',
      operations: [
        list('/open-banking/accounts', 'listSharedAccounts', 'Accounts that the consent covers', {
          gives: 'SharedAccount',
        }),
        read('/open-banking/accounts/{accountId}/balance', 'getSharedBalance', 'Balance now', {
          gives: 'Balance',
        }),
        list(
          '/open-banking/accounts/{accountId}/transactions',
          'listSharedTransactions',
          'Transactions of the last 90 days',
          {
            gives: 'Transaction',
          },
        ),
      ],
      messages: {
        SharedAccount: { accountId: 'uuid', iban: 'iban', currency: 'currency', 'nickname?': 'text' },
        Balance: { booked: 'Money', available: 'Money', asOf: 'time' },
        Transaction: {
          transactionId: 'uuid',
          amount: 'Money',
          bookedOn: 'date',
          counterparty: 'text',
          'reference?': 'text',
        },
      },
    }),
    httpApi('payment-initiation-api', {
      title: 'Payment initiation',
      version: '3.0.2',
      description: 'Single payments that a third party prepares and the customer approves.',
      operations: [
        create('/open-banking/payments', 'initiatePayment', 'Prepare a payment', {
          takes: 'Initiation',
          gives: 'InitiationState',
        }),
        read('/open-banking/payments/{initiationId}', 'getInitiation', 'Where it stands', {
          gives: 'InitiationState',
        }),
      ],
      messages: {
        Initiation: {
          consentId: 'uuid',
          creditorName: 'text',
          creditorIban: 'iban',
          amount: 'Money',
          redirectUrl: 'url',
        },
        InitiationState: {
          initiationId: 'uuid',
          status: 'awaiting-approval|executed|refused',
          approvalUrl: 'url',
        },
      },
    }),
  ],
  resources: [
    database('consents-db', 'Consents and each use of them.'),
    vault('third-party-certificates', 'Certificates of licensed third parties.'),
  ],
};
