import { eventStream, grpcApi } from '../apis.ts';
import { batchJob, dataPipeline, library, service } from '../components.ts';
import type { System } from '../model.ts';
import { bucket, database, topic } from '../resources.ts';

/** Repository `general-ledger`. */
export const generalLedger: System = {
  name: 'general-ledger',
  title: 'General Ledger',
  description: 'Double-entry books of the whole company. Nothing moves without two lines here.',
  domain: 'core-banking',
  owner: 'ledger',
  components: [
    service('posting-engine', 'java', 'Writes balanced postings, exactly once, and refuses the rest.', {
      tier: 1,
      tags: ['grpc', 'sox'],
      provides: ['ledger-posting-api', 'ledger-events'],
      dependsOn: ['resource:ledger-db', 'resource:ledger-journal-topic', 'component:double-entry'],
    }),
    service('balance-projector', 'java', 'Keeps balances of all accounts current from the journal.', {
      tier: 1,
      tags: ['kafka', 'event-driven'],
      consumes: ['ledger-events'],
      dependsOn: ['resource:ledger-journal-topic', 'resource:ledger-db'],
    }),
    service('chart-of-accounts', 'java', 'The tree of accounts that the finance department maintains.', {
      tags: ['sox'],
      dependsOn: ['resource:ledger-db'],
    }),
    batchJob(
      'ledger-close',
      'java',
      'Closes the books of a day, and of a month when the controller says so.',
      {
        tier: 1,
        tags: ['sox', 'scheduling'],
        consumes: ['ledger-posting-api'],
        dependsOn: ['component:balance-projector', 'component:chart-of-accounts'],
      },
    ),
    dataPipeline(
      'ledger-audit-export',
      'python',
      'Writes the journal to archive files that auditors can check by themselves.',
      {
        tags: ['audit', 'airflow'],
        dependsOn: ['resource:ledger-db', 'resource:ledger-archive-bucket'],
      },
    ),
    library('double-entry', 'java', 'Postings that cannot be constructed out of balance.', { tags: ['jvm'] }),
  ],
  apis: [
    grpcApi('ledger-posting-api', {
      package: 'ferrowick.ledger.v1',
      service: 'LedgerPosting',
      description: 'Posts balanced transactions and reads them back.',
      procedures: [
        {
          name: 'Post',
          summary: 'Posts one transaction; repeats with the same key change nothing.',
          reply: 'Transaction',
        },
        { name: 'GetTransaction', summary: 'Reads one transaction.', reply: 'Transaction' },
        {
          name: 'StreamJournal',
          summary: 'The journal from a position on.',
          reply: 'Transaction',
          streamsReplies: true,
        },
      ],
      messages: {
        PostRequest: { idempotencyKey: 'text', valueDate: 'date', lines: 'Line[]', description: 'text' },
        Line: { accountCode: 'text', side: 'debit|credit', amount: 'Money' },
        GetTransactionRequest: { transactionId: 'uuid' },
        StreamJournalRequest: { afterPosition: 'integer' },
        Transaction: {
          transactionId: 'uuid',
          position: 'integer',
          valueDate: 'date',
          lines: 'Line[]',
          postedAt: 'time',
        },
      },
    }),
    eventStream('ledger-events', {
      title: 'Ledger journal',
      version: '1.1.0',
      description: 'The journal as a stream: one event for each posted transaction, never changed.',
      events: [
        {
          address: 'ledger.transaction-posted.v1',
          message: 'TransactionPosted',
          summary: 'A transaction is in the books',
        },
      ],
      messages: {
        TransactionPosted: { transactionId: 'uuid', position: 'integer', valueDate: 'date', lines: 'Line[]' },
        Line: { accountCode: 'text', side: 'debit|credit', amount: 'Money' },
      },
    }),
  ],
  resources: [
    database('ledger-db', 'The journal and balances; two synchronous replicas.'),
    topic('ledger-journal-topic', 'The journal, one partition a book.'),
    bucket('ledger-archive-bucket', 'Closed months, write once, kept for ten years.'),
  ],
};
