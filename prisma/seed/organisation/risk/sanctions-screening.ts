import { create, list, read, replace } from '../../api-definitions/openapi.ts';
import { httpApi } from '../apis.ts';
import { batchJob, dataPipeline, library, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { database, searchIndex } from '../resources.ts';

/** Repository `sanctions-screening`. */
export const sanctionsScreening: System = {
  name: 'sanctions-screening',
  title: 'Sanctions Screening',
  description: 'Compares people and payments with sanctions lists, and watches for money laundering.',
  domain: 'risk',
  owner: 'financial-crime',
  components: [
    service('screening-engine', 'java', 'Answers whether a name is on a list, with how sure we are.', {
      tier: 1,
      tags: ['rest', 'aml'],
      provides: ['screening-api'],
      dependsOn: ['resource:watchlist-index', 'component:name-matching'],
    }),
    batchJob(
      'watchlist-loader',
      'java',
      'Fetches six sanctions lists every four hours and checks that none shrank.',
      {
        tier: 1,
        tags: ['aml', 'vendor'],
        dependsOn: ['resource:watchlist-index'],
      },
    ),
    library('name-matching', 'java', 'Compares names over scripts, spellings and swapped parts.', {
      tags: ['aml', 'jvm'],
    }),
    service('screening-case-service', 'java', 'Keeps hits until somebody has decided, and who that was.', {
      tags: ['rest', 'audit'],
      provides: ['screening-cases-api'],
      consumes: ['customers-api'],
      dependsOn: ['resource:screening-db'],
    }),
    website('screening-desk', 'typescript', 'Where analysts clear or confirm hits, always two of them.', {
      tags: ['internal'],
      consumes: ['screening-cases-api'],
      dependsOn: ['component:session-guard'],
    }),
    dataPipeline(
      'transaction-monitoring',
      'scala',
      'Looks for patterns of money laundering in the movements of the last 90 days.',
      {
        tier: 1,
        tags: ['aml', 'spark'],
        consumes: ['ledger-events'],
        dependsOn: ['resource:event-lake-bucket', 'resource:screening-db'],
      },
    ),
  ],
  apis: [
    httpApi('screening-api', {
      title: 'Screening',
      version: '2.0.0',
      description: 'Checks a name or a payment against all lists.',
      operations: [
        create('/screenings', 'screen', 'Check one name', { takes: 'Subject', gives: 'Screening' }),
        read('/screenings/{screeningId}', 'getScreening', 'Result of an earlier check', {
          gives: 'Screening',
        }),
      ],
      messages: {
        Subject: { name: 'text', 'bornOn?': 'date', 'country?': 'country', role: 'customer|creditor|owner' },
        Hit: { list: 'text', entry: 'text', score: 'percent' },
        Screening: {
          screeningId: 'uuid',
          outcome: 'clear|possible|confirmed',
          hits: 'Hit[]',
          listVersion: 'text',
        },
      },
    }),
    httpApi('screening-cases-api', {
      title: 'Screening cases',
      version: '1.2.0',
      description: 'Hits that people have to decide on.',
      operations: [
        list('/screening-cases', 'listCases', 'Open cases, oldest first', { gives: 'Case' }),
        read('/screening-cases/{caseId}', 'getCase', 'One case', { gives: 'Case' }),
        replace('/screening-cases/{caseId}/verdict', 'decideCase', 'Record a verdict', {
          takes: 'Verdict',
          gives: 'Case',
        }),
      ],
      messages: {
        Verdict: { outcome: 'cleared|confirmed', note: 'text', decidedBy: 'text' },
        Case: { caseId: 'uuid', screeningId: 'uuid', openedAt: 'time', verdicts: 'Verdict[]' },
      },
    }),
  ],
  resources: [
    searchIndex('watchlist-index', 'Sanctions lists, normalised for matching.'),
    database('screening-db', 'Checks, hits, cases and verdicts; kept for five years.'),
  ],
};
