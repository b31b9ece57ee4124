import { create, list, read } from '../../api-definitions/openapi.ts';
import { eventStream, httpApi } from '../apis.ts';
import { batchJob, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { database, topic } from '../resources.ts';

/** Repository `loan-servicing`. */
export const loanServicing: System = {
  name: 'loan-servicing',
  title: 'Loan Servicing',
  description: 'Running loans: schedules, repayments, arrears and early settlement.',
  domain: 'lending',
  owner: 'lending',
  components: [
    service('loan-account-service', 'kotlin', 'The record of each running loan and its schedule.', {
      tier: 1,
      tags: ['rest'],
      provides: ['loans-api', 'loan-events'],
      consumes: ['loan-offer-events', 'ledger-posting-api'],
      dependsOn: ['resource:loans-db', 'resource:loan-events-topic'],
    }),
    batchJob(
      'repayment-collector',
      'kotlin',
      'Collects the instalments that are due, each morning at five.',
      {
        tier: 1,
        tags: ['scheduling'],
        consumes: ['loans-api', 'payments-api'],
        dependsOn: ['resource:loans-db'],
      },
    ),
    service('arrears-manager', 'kotlin', 'Notices missed instalments and starts the right conversation.', {
      tags: ['compliance'],
      consumes: ['loan-events', 'notifications-api'],
      dependsOn: ['resource:loans-db'],
    }),
    website(
      'collections-console',
      'typescript',
      'Where agents agree on payment plans with customers in trouble.',
      {
        tags: ['internal', 'react'],
        consumes: ['loans-api'],
        dependsOn: ['component:session-guard', 'component:arrears-manager'],
      },
    ),
    batchJob(
      'loan-book-snapshot',
      'sql',
      'Copies the loan book to a spreadsheet for the finance department.',
      {
        lifecycle: 'deprecated',
        replacedBy: 'warehouse-models',
        tier: 3,
        tags: ['legacy'],
        dependsOn: ['resource:loans-db'],
      },
    ),
  ],
  apis: [
    httpApi('loans-api', {
      title: 'Loans',
      version: '2.2.0',
      description: 'Running loans and their repayments.',
      operations: [
        list('/loans', 'listLoans', 'Loans of a customer', { gives: 'Loan' }),
        read('/loans/{loanId}', 'getLoan', 'One loan with what is left', { gives: 'Loan' }),
        list('/loans/{loanId}/instalments', 'listInstalments', 'The schedule', { gives: 'Instalment' }),
        create('/loans/{loanId}/settlement-quotes', 'quoteSettlement', 'Price of paying back now', {
          gives: 'SettlementQuote',
        }),
      ],
      messages: {
        Loan: {
          loanId: 'uuid',
          customerId: 'uuid',
          principal: 'Money',
          outstanding: 'Money',
          state: 'running|arrears|settled|written-off',
        },
        Instalment: { number: 'integer', due: 'date', amount: 'Money', 'paidOn?': 'date' },
        SettlementQuote: { amount: 'Money', validUntil: 'date' },
      },
    }),
    eventStream('loan-events', {
      title: 'Loan events',
      version: '1.4.0',
      description: 'What happens to running loans.',
      events: [
        {
          address: 'lending.instalment-paid.v1',
          message: 'InstalmentPaid',
          summary: 'An instalment was paid',
        },
        {
          address: 'lending.instalment-missed.v1',
          message: 'InstalmentMissed',
          summary: 'An instalment was not paid in time',
        },
        {
          address: 'lending.loan-settled.v1',
          message: 'LoanSettled',
          summary: 'A loan is paid back in full',
        },
      ],
      messages: {
        InstalmentPaid: { loanId: 'uuid', number: 'integer', amount: 'Money', paidAt: 'time' },
        InstalmentMissed: { loanId: 'uuid', number: 'integer', amount: 'Money', due: 'date' },
        LoanSettled: { loanId: 'uuid', settledAt: 'time' },
      },
    }),
  ],
  resources: [
    database('loans-db', 'Loans, schedules and payment plans.'),
    topic('loan-events-topic', 'Loan changes, keyed by loan.'),
  ],
};
