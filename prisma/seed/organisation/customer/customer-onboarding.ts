import { create, list, read, replace } from '../../api-definitions/openapi.ts';
import { eventStream, httpApi } from '../apis.ts';
import { service, website } from '../components.ts';
import type { System } from '../model.ts';
import { bucket, database, topic } from '../resources.ts';

/** Repository `customer-onboarding`. */
export const customerOnboarding: System = {
  name: 'customer-onboarding',
  title: 'Customer Onboarding',
  description: 'From “open an account” to a verified business with a working account, in ten minutes.',
  domain: 'customer',
  owner: 'onboarding',
  components: [
    service('onboarding-orchestrator', 'kotlin', 'Knows what each application still needs and asks for it.', {
      tier: 1,
      tags: ['rest', 'workflow'],
      provides: ['onboarding-api', 'onboarding-events'],
      consumes: ['identity-checks-api', 'screening-api', 'accounts-api', 'customers-api'],
      dependsOn: ['resource:onboarding-db', 'resource:onboarding-events-topic'],
    }),
    service(
      'identity-verification',
      'kotlin',
      'Is this person who they say they are? Asks two vendors and decides.',
      {
        tier: 1,
        tags: ['kyc', 'vendor'],
        provides: ['identity-checks-api'],
        dependsOn: ['resource:onboarding-db', 'component:document-capture'],
      },
    ),
    service('document-capture', 'python', 'Reads passports and articles of association from photographs.', {
      tags: ['kyc', 'machine-learning'],
      dependsOn: ['resource:identity-documents-bucket'],
    }),
    service(
      'company-registry-connector',
      'kotlin',
      'Looks businesses and their owners up in 12 national registers.',
      {
        tags: ['kyc', 'vendor'],
        dependsOn: ['resource:onboarding-db'],
      },
    ),
    website('onboarding-web', 'typescript', 'The form that new customers fill in, one question a page.', {
      tier: 1,
      tags: ['react', 'public'],
      consumes: ['onboarding-api'],
      dependsOn: ['component:harbour-design-system', 'component:feature-flag-client'],
    }),
  ],
  apis: [
    httpApi('onboarding-api', {
      title: 'Onboarding',
      version: '1.10.0',
      description: 'Applications for an account.',
      operations: [
        create('/applications', 'startApplication', 'Start an application', {
          takes: 'Applicant',
          gives: 'Application',
        }),
        read('/applications/{applicationId}', 'getOnboarding', 'What is done and what is missing', {
          gives: 'Application',
        }),
        replace('/applications/{applicationId}/answers/{question}', 'answerQuestion', 'Answer one question', {
          takes: 'Answer',
          gives: 'Application',
        }),
      ],
      messages: {
        Applicant: { email: 'email', country: 'country', legalForm: 'sole-trader|limited|partnership' },
        Answer: { value: 'text' },
        OpenQuestion: { question: 'text', reason: 'text' },
        Application: {
          applicationId: 'uuid',
          applicant: 'Applicant',
          status: 'open|checking|accepted|declined|abandoned',
          openQuestions: 'OpenQuestion[]',
        },
      },
    }),
    httpApi('identity-checks-api', {
      title: 'Identity checks',
      version: '2.1.0',
      description: 'Checks of a person’s identity and their results.',
      operations: [
        create('/identity-checks', 'startCheck', 'Start a check', { takes: 'NewCheck', gives: 'Check' }),
        read('/identity-checks/{checkId}', 'getCheck', 'Result of a check', { gives: 'Check' }),
        list('/persons/{personId}/identity-checks', 'listChecks', 'Checks of a person', { gives: 'Check' }),
      ],
      messages: {
        NewCheck: {
          personId: 'uuid',
          documentKind: 'passport|identity-card|residence-permit',
          country: 'country',
        },
        Check: {
          checkId: 'uuid',
          asked: 'NewCheck',
          outcome: 'pending|passed|failed|manual',
          'finishedAt?': 'time',
        },
      },
    }),
    eventStream('onboarding-events', {
      title: 'Onboarding events',
      version: '1.1.0',
      description: 'Applications as they move on.',
      events: [
        {
          address: 'onboarding.application-accepted.v1',
          message: 'ApplicationAccepted',
          summary: 'A new customer',
        },
        {
          address: 'onboarding.application-declined.v1',
          message: 'ApplicationDeclined',
          summary: 'We said no',
        },
      ],
      messages: {
        ApplicationAccepted: { applicationId: 'uuid', customerId: 'uuid', acceptedAt: 'time' },
        ApplicationDeclined: { applicationId: 'uuid', reasonCode: 'text', declinedAt: 'time' },
      },
    }),
  ],
  resources: [
    database('onboarding-db', 'Applications, checks and answers.'),
    bucket(
      'identity-documents-bucket',
      'Photographs of documents, encrypted; deleted five years after closing.',
    ),
    topic('onboarding-events-topic', 'Applications, keyed by application.'),
  ],
};
