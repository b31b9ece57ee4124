import { create, list, read, remove } from '../../api-definitions/openapi.ts';
import type { Messages } from '../../api-definitions/field-notation.ts';
import { eventStream, grpcApi, httpApi } from '../apis.ts';
import { library, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { cache, database, topic } from '../resources.ts';

const paymentMessages = {
  NewPayment: {
    debtorAccountId: 'uuid',
    creditorName: 'text',
    creditorIban: 'iban',
    amount: 'Money',
    reference: 'text',
    'executeOn?': 'date',
  },
  Payment: {
    paymentId: 'uuid',
    order: 'NewPayment',
    rail: 'sepa-instant|sepa-credit|faster-payments|swift|internal',
    status: 'accepted|held|sent|settled|returned|cancelled',
    createdAt: 'time',
  },
  Step: { at: 'time', status: 'text', 'reason?': 'text' },
} satisfies Messages;

/** Before version 2 a payment told its fee, and needed no reference. */
const { reference, ...otherFields } = paymentMessages.NewPayment;
const formerPaymentMessages: Messages = {
  ...paymentMessages,
  NewPayment: { ...otherFields, 'reference?': reference },
  Payment: { ...paymentMessages.Payment, fee: 'Money' },
};

/** Repository `payment-orchestration`. */
export const paymentOrchestration: System = {
  name: 'payment-orchestration',
  title: 'Payment Orchestration',
  description: 'Takes a payment order, checks it, picks the rail and follows it until the money has arrived.',
  domain: 'payments',
  owner: 'payments-core',
  components: [
    service(
      'payment-gateway',
      'kotlin',
      'The one way in for payment orders: validates, reserves the money, hands over.',
      {
        tier: 1,
        tags: ['pci', 'rest'],
        provides: ['payments-api'],
        consumes: ['holds-api', 'fraud-scoring-api', 'payment-limits-api'],
        dependsOn: ['resource:payments-db', 'resource:payment-idempotency-cache', 'component:payment-router'],
      },
    ),
    service(
      'payment-router',
      'kotlin',
      'Chooses the cheapest rail that still arrives in time, and falls back when one is down.',
      {
        tier: 1,
        tags: ['kafka'],
        consumes: ['rail-submission-api', 'fx-quotes-api', 'screening-api'],
        dependsOn: ['resource:payments-db', 'component:payment-message-model'],
      },
    ),
    service(
      'payment-status-tracker',
      'kotlin',
      'Joins answers of the rails with orders and publishes the state of every payment.',
      {
        tags: ['kafka', 'event-driven'],
        provides: ['payment-events'],
        consumes: ['settlement-events', 'ledger-posting-api'],
        dependsOn: ['resource:payment-events-topic', 'resource:payments-db'],
      },
    ),
    service(
      'payment-limits',
      'go',
      'Keeps daily and single-payment limits of customers and says how much is left.',
      {
        tags: ['grpc'],
        provides: ['payment-limits-api'],
        consumes: ['customers-api'],
        dependsOn: ['resource:payments-db'],
        formerOwner: { team: 'financial-crime', weeksAgo: 9 },
      },
    ),
    website('payment-repair-console', 'typescript', 'Where operators mend payments that a bank sent back.', {
      tier: 3,
      tags: ['internal'],
      consumes: ['payments-api', 'screening-cases-api'],
      dependsOn: ['component:session-guard'],
    }),
    library(
      'payment-message-model',
      'kotlin',
      'Types for payment orders and their states, shared by everything in this repository.',
      {
        tags: ['jvm'],
        dependsOn: ['component:iso20022-codec'],
      },
    ),
    service(
      'standing-order-scheduler',
      'kotlin',
      'Turns standing orders into payment orders on the right business day.',
      {
        tags: ['scheduling'],
        consumes: ['payments-api'],
        dependsOn: ['resource:payments-db'],
      },
    ),
  ],
  apis: [
    httpApi('payments-api', {
      title: 'Payments',
      version: '2.4.0',
      description: 'Start, follow and cancel payments from an account.',
      operations: [
        create('/payments', 'createPayment', 'Start a payment', { takes: 'NewPayment', gives: 'Payment' }),
        list('/payments', 'listPayments', 'Payments of the caller, latest first', { gives: 'Payment' }),
        read('/payments/{paymentId}', 'getPayment', 'One payment with its state', { gives: 'Payment' }),
        remove('/payments/{paymentId}', 'cancelPayment', 'Cancel a payment that has not left yet'),
        list('/payments/{paymentId}/steps', 'listPaymentSteps', 'What happened so far', { gives: 'Step' }),
      ],
      messages: paymentMessages,
      formerly: {
        message: 'Take the fee out of payments and require a reference',
        weeksAgo: 4,
        version: '1.9.0',
        messages: formerPaymentMessages,
      },
    }),
    eventStream('payment-events', {
      title: 'Payment events',
      version: '1.7.0',
      description: 'Every change in the state of a payment, in order for each payment.',
      events: [
        {
          address: 'payments.payment-accepted.v1',
          message: 'PaymentAccepted',
          summary: 'An order passed all checks',
        },
        {
          address: 'payments.payment-settled.v1',
          message: 'PaymentSettled',
          summary: 'The money has arrived',
        },
        {
          address: 'payments.payment-returned.v1',
          message: 'PaymentReturned',
          summary: 'A bank sent it back',
        },
      ],
      messages: {
        PaymentAccepted: { paymentId: 'uuid', accountId: 'uuid', amount: 'Money', acceptedAt: 'time' },
        PaymentSettled: { paymentId: 'uuid', rail: 'text', settledAt: 'time' },
        PaymentReturned: { paymentId: 'uuid', reasonCode: 'text', returnedAt: 'time' },
      },
    }),
    grpcApi('payment-limits-api', {
      package: 'ferrowick.payments.limits.v1',
      service: 'PaymentLimits',
      description: 'Reads and uses the limits of a customer.',
      procedures: [
        { name: 'GetLimits', summary: 'Limits and what is left of them today.' },
        { name: 'Consume', summary: 'Takes an amount off the limit, or refuses.' },
      ],
      messages: {
        GetLimitsRequest: { customerId: 'uuid' },
        GetLimitsReply: { limits: 'Limit[]' },
        Limit: { period: 'single|day|month', ceiling: 'Money', remaining: 'Money' },
        ConsumeRequest: { customerId: 'uuid', amount: 'Money', paymentId: 'uuid' },
        ConsumeReply: { isAllowed: 'yes', 'refusedPeriod?': 'text' },
      },
    }),
  ],
  resources: [
    database('payments-db', 'Payment orders and their steps; partitioned by month.'),
    cache('payment-idempotency-cache', 'Idempotency keys of the last 24 hours.'),
    topic('payment-events-topic', 'Payment state changes, keyed by payment.'),
  ],
};
