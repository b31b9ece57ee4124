import { create, list, read, replace } from '../../api-definitions/openapi.ts';
import { httpApi } from '../apis.ts';
import { batchJob, dataPipeline, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { bucket, database } from '../resources.ts';

/** Repository `disputes`. */
export const disputes: System = {
  name: 'disputes',
  title: 'Disputes',
  description: 'Gets customers their money back when a purchase went wrong.',
  domain: 'cards',
  owner: 'cards',
  components: [
    service('dispute-case-service', 'kotlin', 'Keeps each dispute, its evidence and its deadlines.', {
      tags: ['rest'],
      provides: ['disputes-api'],
      consumes: ['notifications-api'],
      dependsOn: ['resource:disputes-db', 'resource:dispute-evidence-bucket'],
      hasOwnDocs: true,
    }),
    service('chargeback-filer', 'kotlin', 'Files chargebacks with the schemes and reads their answers.', {
      tags: ['pci'],
      consumes: ['disputes-api', 'ledger-posting-api'],
      dependsOn: ['component:dispute-case-service', 'component:scheme-connector'],
      formerOwner: { team: 'merchants', weeksAgo: 22 },
    }),
    website('dispute-console', 'typescript', 'Where case workers decide on disputes.', {
      tier: 3,
      tags: ['internal', 'react'],
      consumes: ['disputes-api'],
      dependsOn: ['component:session-guard', 'component:harbour-design-system'],
    }),
    batchJob(
      'dispute-deadline-reminder',
      'kotlin',
      'Warns case workers three days before a scheme deadline passes.',
      {
        tier: 3,
        consumes: ['disputes-api', 'notifications-api'],
        tags: ['scheduling'],
        dependsOn: ['resource:disputes-db'],
      },
    ),
    dataPipeline('chargeback-forecast', 'python', 'Estimates how much next month’s chargebacks will cost.', {
      lifecycle: 'experimental',
      tier: 3,
      tags: ['forecasting', 'airflow'],
      dependsOn: ['resource:warehouse', 'resource:disputes-db'],
    }),
  ],
  apis: [
    httpApi('disputes-api', {
      title: 'Disputes',
      version: '1.5.0',
      description: 'Open, follow and decide disputes.',
      operations: [
        create('/disputes', 'openDispute', 'Open a dispute', { takes: 'NewDispute', gives: 'Dispute' }),
        list('/disputes', 'listDisputes', 'Open disputes by deadline', { gives: 'Dispute' }),
        read('/disputes/{disputeId}', 'getDispute', 'One dispute with its evidence', { gives: 'Dispute' }),
        replace('/disputes/{disputeId}/decision', 'decideDispute', 'Decide a dispute', {
          takes: 'Decision',
          gives: 'Dispute',
        }),
      ],
      messages: {
        NewDispute: {
          authorisationId: 'uuid',
          reason: 'not-received|not-as-described|fraud|duplicate',
          story: 'text',
        },
        Evidence: { evidenceId: 'uuid', fileName: 'text', addedAt: 'time' },
        Decision: { outcome: 'refund|reject|chargeback', note: 'text' },
        Dispute: {
          disputeId: 'uuid',
          claim: 'NewDispute',
          evidence: 'Evidence[]',
          'decision?': 'Decision',
          deadline: 'date',
        },
      },
    }),
  ],
  resources: [
    database('disputes-db', 'Cases, decisions and deadlines.'),
    bucket(
      'dispute-evidence-bucket',
      'Receipts, letters and screenshots of customers; deleted after 13 months.',
    ),
  ],
};
