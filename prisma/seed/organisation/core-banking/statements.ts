import { list, read } from '../../api-definitions/openapi.ts';
import { httpApi } from '../apis.ts';
import { batchJob, library, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { bucket, database } from '../resources.ts';

/** Repository `statements`. */
export const statements: System = {
  name: 'statements',
  title: 'Statements',
  description: 'Account statements, tax certificates and confirmations as documents that last.',
  domain: 'core-banking',
  owner: 'ledger',
  components: [
    batchJob(
      'statement-builder',
      'java',
      'Collects the postings of a month and orders a statement for each account.',
      {
        tags: ['scheduling'],
        consumes: ['accounts-api', 'ledger-posting-api'],
        dependsOn: ['resource:statements-db', 'component:statement-renderer'],
      },
    ),
    service(
      'statement-renderer',
      'typescript',
      'Turns figures and a template into a PDF/A that a screen reader can read.',
      {
        tags: ['pdf', 'accessibility'],
        dependsOn: ['resource:statements-bucket', 'component:document-templates'],
      },
    ),
    service('statement-archive', 'java', 'Finds and hands out documents of the last ten years.', {
      tags: ['rest'],
      provides: ['statements-api'],
      consumes: ['permissions-api'],
      dependsOn: ['resource:statements-bucket', 'resource:statements-db'],
    }),
    batchJob('tax-certificate-builder', 'java', 'Produces the yearly interest certificates in January.', {
      tags: ['scheduling', 'tax'],
      dependsOn: ['component:statement-renderer', 'resource:statements-db'],
    }),
    library(
      'document-templates',
      'typescript',
      'Layouts, fonts and wording of all documents in nine languages.',
      {
        tags: ['i18n'],
      },
    ),
    website(
      'statement-download-page',
      'java',
      'The old page for downloading statements with a code from a letter.',
      {
        lifecycle: 'deprecated',
        replacedBy: 'web-banking',
        tier: 3,
        tags: ['legacy', 'jsp'],
        consumes: ['statements-api'],
      },
    ),
  ],
  apis: [
    httpApi('statements-api', {
      title: 'Statements',
      version: '2.0.1',
      description: 'Lists documents of an account and gives a link to one.',
      operations: [
        list('/accounts/{accountId}/documents', 'listDocuments', 'Documents of an account', {
          gives: 'Document',
        }),
        read('/documents/{documentId}/download', 'getDownload', 'A link that works for five minutes', {
          gives: 'Download',
        }),
      ],
      messages: {
        Document: {
          documentId: 'uuid',
          kind: 'statement|tax-certificate|confirmation',
          period: 'text',
          createdAt: 'time',
        },
        Download: { address: 'url', expiresAt: 'time', sha256: 'text' },
      },
    }),
  ],
  resources: [
    database('statements-db', 'What was produced for whom.'),
    bucket('statements-bucket', 'Documents, write once, kept for ten years.'),
  ],
};
