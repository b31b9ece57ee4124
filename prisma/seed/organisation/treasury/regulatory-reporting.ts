import { create, list, read } from '../../api-definitions/openapi.ts';
import { httpApi } from '../apis.ts';
import { batchJob, dataPipeline, library, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { bucket, database } from '../resources.ts';

/** Repository `regulatory-reporting`. */
export const regulatoryReporting: System = {
  name: 'regulatory-reporting',
  title: 'Regulatory Reporting',
  description:
    'Returns to supervisors in four countries: complete, on time, and traceable to each source row.',
  domain: 'treasury',
  owner: 'treasury',
  components: [
    dataPipeline(
      'regulatory-data-mart',
      'sql',
      'Brings ledger, loans and customers into the shape that the returns need.',
      {
        tier: 1,
        tags: ['dbt', 'sox'],
        dependsOn: ['resource:warehouse', 'resource:regulatory-mart'],
      },
    ),
    batchJob(
      'return-builder',
      'python',
      'Fills the templates of each return and runs the supervisor’s own checks.',
      {
        tags: ['xbrl'],
        dependsOn: ['resource:regulatory-mart', 'resource:returns-bucket', 'component:xbrl-writer'],
      },
    ),
    service(
      'return-submission-gateway',
      'java',
      'Sends returns to the portals of the supervisors and keeps the receipts.',
      {
        tags: ['rest', 'vendor'],
        provides: ['regulatory-returns-api'],
        dependsOn: ['resource:returns-bucket'],
      },
    ),
    dataPipeline(
      'liquidity-ratio-calculator',
      'python',
      'The liquidity coverage ratio of each day, with its parts.',
      {
        tags: ['airflow', 'basel'],
        consumes: ['liquidity-graph'],
        dependsOn: ['resource:regulatory-mart'],
      },
    ),
    library('xbrl-writer', 'python', 'Writes XBRL instances for the taxonomies that we report in.', {
      tags: ['xbrl'],
    }),
    website('filing-calendar', 'typescript', 'Which return is due when, who signs it, and where it stands.', {
      tier: 3,
      tags: ['internal'],
      consumes: ['regulatory-returns-api'],
      dependsOn: ['component:session-guard'],
    }),
  ],
  apis: [
    httpApi('regulatory-returns-api', {
      title: 'Regulatory returns',
      version: '1.1.0',
      description: 'Returns, their state and their receipts.',
      operations: [
        list('/returns', 'listReturns', 'Returns by due date', { gives: 'Return' }),
        read('/returns/{returnId}', 'getReturn', 'One return', { gives: 'Return' }),
        create('/returns/{returnId}/submissions', 'submitReturn', 'Send a signed return', {
          takes: 'SignOff',
          gives: 'Submission',
        }),
      ],
      messages: {
        Return: {
          returnId: 'uuid',
          template: 'text',
          supervisor: 'text',
          due: 'date',
          state: 'draft|checked|signed|submitted|accepted',
        },
        SignOff: { signedBy: 'text', signedAt: 'time' },
        Submission: { submissionId: 'uuid', receipt: 'text', submittedAt: 'time' },
      },
    }),
  ],
  resources: [
    database('regulatory-mart', 'Figures of each reporting date, frozen once signed.'),
    bucket('returns-bucket', 'Returns as submitted, with receipts.'),
  ],
};
