import { eventStream, grpcApi } from '../apis.ts';
import { batchJob, library, service } from '../components.ts';
import type { System } from '../model.ts';
import { bucket, database, topic, vault } from '../resources.ts';

/** Repository `bank-rails`. */
export const bankRails: System = {
  name: 'bank-rails',
  title: 'Bank Rails',
  description: 'Speaks the languages of the clearing houses: SEPA, Faster Payments and SWIFT.',
  domain: 'payments',
  owner: 'bank-connectivity',
  components: [
    service(
      'sepa-gateway',
      'java',
      'SEPA Credit Transfer and Instant, with the ten-second rule of the scheme.',
      {
        tier: 1,
        tags: ['iso20022', 'sepa'],
        provides: ['rail-submission-api', 'settlement-events'],
        dependsOn: ['resource:rails-db', 'resource:rail-signing-keys', 'resource:settlement-events-topic'],
      },
    ),
    service(
      'faster-payments-gateway',
      'java',
      'Connection to the United Kingdom scheme, direct participant since 2024.',
      {
        tier: 1,
        tags: ['iso8583'],
        provides: ['rail-submission-api'],
        dependsOn: ['resource:rails-db', 'resource:rail-signing-keys'],
      },
    ),
    service('swift-connector', 'java', 'Sends and receives MX messages through our correspondent banks.', {
      tags: ['iso20022', 'swift'],
      provides: ['rail-submission-api'],
      consumes: ['screening-api'],
      dependsOn: ['resource:rails-db', 'component:iso20022-codec'],
    }),
    batchJob(
      'clearing-file-exporter',
      'perl',
      'Writes the overnight clearing file of the old bulk channel.',
      {
        lifecycle: 'deprecated',
        replacedBy: 'sepa-gateway',
        tags: ['legacy', 'sftp'],
        // The last one is README.md, imperfection 2
        dependsOn: ['resource:clearing-files-bucket', 'resource:rails-db', 'resource:bulk-channel-sftp'],
      },
    ),
    batchJob(
      'settlement-reconciler',
      'python',
      'Compares what the clearing houses say with what our books say, every hour.',
      {
        tags: ['reconciliation'],
        consumes: ['ledger-posting-api'],
        dependsOn: ['resource:rails-db', 'resource:clearing-files-bucket'],
      },
    ),
    library(
      'iso20022-codec',
      'java',
      'Reads and writes pain, pacs and camt messages; generated from the official schemas.',
      {
        tags: ['iso20022', 'jvm'],
      },
    ),
    service(
      'rail-simulator',
      'go',
      'Plays a clearing house in test environments, with late answers and returns on demand.',
      {
        lifecycle: 'experimental',
        tier: 3,
        tags: ['testing'],
        dependsOn: ['component:iso20022-codec'],
      },
    ),
  ],
  apis: [
    grpcApi('rail-submission-api', {
      package: 'ferrowick.rails.v2',
      service: 'RailSubmission',
      description: 'One contract for all rails: submit a transfer, ask for its state.',
      procedures: [
        {
          name: 'Submit',
          summary: 'Hands one transfer to the rail; safe to repeat with the same transfer id.',
        },
        {
          name: 'GetTransfer',
          summary: 'State of one transfer as the rail last told it.',
          reply: 'Transfer',
        },
        {
          name: 'WatchTransfers',
          summary: 'State changes as they come in.',
          reply: 'Transfer',
          streamsReplies: true,
        },
      ],
      messages: {
        SubmitRequest: {
          transferId: 'uuid',
          debtorIban: 'iban',
          creditorIban: 'iban',
          amount: 'Money',
          remittance: 'text',
        },
        SubmitReply: { transferId: 'uuid', schemeReference: 'text' },
        GetTransferRequest: { transferId: 'uuid' },
        WatchTransfersRequest: { since: 'time' },
        Transfer: {
          transferId: 'uuid',
          state: 'submitted|accepted|settled|rejected',
          'reasonCode?': 'text',
          updatedAt: 'time',
        },
      },
    }),
    eventStream('settlement-events', {
      title: 'Settlement events',
      version: '1.2.0',
      description: 'What the clearing houses settled, returned or recalled.',
      events: [
        { address: 'rails.transfer-settled.v1', message: 'TransferSettled', summary: 'A transfer is final' },
        {
          address: 'rails.transfer-rejected.v1',
          message: 'TransferRejected',
          summary: 'The scheme refused a transfer',
        },
      ],
      messages: {
        TransferSettled: { transferId: 'uuid', rail: 'text', amount: 'Money', settledAt: 'time' },
        TransferRejected: { transferId: 'uuid', rail: 'text', reasonCode: 'text', rejectedAt: 'time' },
      },
    }),
  ],
  resources: [
    database('rails-db', 'Messages in and out of every rail, kept for ten years.'),
    bucket('clearing-files-bucket', 'Clearing files and their acknowledgements.'),
    vault('rail-signing-keys', 'Keys in a hardware module that sign messages to the schemes.'),
    topic('settlement-events-topic', 'Settlements and rejections, keyed by transfer.'),
  ],
};
