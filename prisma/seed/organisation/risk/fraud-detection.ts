import { eventStream, grpcApi } from '../apis.ts';
import { dataPipeline, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { database, topic } from '../resources.ts';

/** Repository `fraud-detection`. */
export const fraudDetection: System = {
  name: 'fraud-detection',
  title: 'Fraud Detection',
  description: 'Scores each payment and purchase before the money leaves, in 40 milliseconds.',
  domain: 'risk',
  owner: 'financial-crime',
  components: [
    service('fraud-scoring', 'python', 'Probability of fraud with its reasons, from rules and a model.', {
      tier: 1,
      tags: ['grpc', 'low-latency', 'machine-learning'],
      provides: ['fraud-scoring-api', 'fraud-alerts'],
      dependsOn: [
        'resource:fraud-feature-store',
        'resource:fraud-alerts-topic',
        'component:device-fingerprint',
      ],
    }),
    service('device-fingerprint', 'go', 'Recognises phones and browsers that we have seen before.', {
      tags: ['gdpr'],
      dependsOn: ['resource:fraud-feature-store'],
    }),
    service('alert-triage', 'python', 'Puts the most costly alerts first and closes the obvious ones.', {
      tags: ['event-driven'],
      consumes: ['fraud-alerts', 'notifications-api'],
      dependsOn: ['resource:fraud-cases-db'],
    }),
    service('account-takeover-detector', 'python', 'Notices when somebody else has taken over a login.', {
      lifecycle: 'experimental',
      tags: ['machine-learning'],
      consumes: ['identity-api'],
      dependsOn: ['component:device-fingerprint', 'resource:fraud-feature-store'],
    }),
    website(
      'fraud-rules-editor',
      'typescript',
      'Where analysts write rules and try them on last month before switching them on.',
      {
        tags: ['internal', 'react'],
        consumes: ['fraud-scoring-api'],
        dependsOn: ['component:session-guard', 'resource:fraud-cases-db'],
      },
    ),
    dataPipeline(
      'fraud-feature-pipeline',
      'scala',
      'Computes features from payments and logins, within five seconds.',
      {
        tier: 1,
        tags: ['flink', 'kafka'],
        consumes: ['payment-events', 'authorisation-events'],
        dependsOn: ['resource:fraud-feature-store', 'resource:payment-events-topic'],
      },
    ),
    dataPipeline(
      'fraud-model-training',
      'python',
      'Trains the model each week and compares it with the one in use.',
      {
        tier: 3,
        tags: ['machine-learning', 'airflow'],
        dependsOn: ['resource:warehouse', 'resource:fraud-feature-store'],
      },
    ),
  ],
  apis: [
    grpcApi('fraud-scoring-api', {
      package: 'ferrowick.fraud.scoring.v2',
      service: 'FraudScoring',
      description: 'Scores one movement of money.',
      procedures: [
        { name: 'Score', summary: 'Score and advice for one payment or purchase.' },
        { name: 'Feedback', summary: 'Tells what it turned out to be.' },
      ],
      messages: {
        ScoreRequest: {
          movementId: 'uuid',
          customerId: 'uuid',
          amount: 'Money',
          kind: 'payment|purchase|login',
          'deviceId?': 'text',
        },
        Reason: { rule: 'text', contribution: 'number' },
        ScoreReply: {
          probability: 'number',
          advice: 'allow|challenge|block',
          reasons: 'Reason[]',
          modelVersion: 'text',
        },
        FeedbackRequest: { movementId: 'uuid', verdict: 'fraud|genuine', decidedBy: 'text' },
        FeedbackReply: { recordedAt: 'time' },
      },
    }),
    eventStream('fraud-alerts', {
      title: 'Fraud alerts',
      version: '1.5.0',
      description: 'Movements that somebody should look at.',
      events: [
        { address: 'fraud.alert-raised.v1', message: 'AlertRaised', summary: 'Something looks wrong' },
        { address: 'fraud.alert-closed.v1', message: 'AlertClosed', summary: 'An analyst decided' },
      ],
      messages: {
        AlertRaised: { alertId: 'uuid', movementId: 'uuid', probability: 'number', raisedAt: 'time' },
        AlertClosed: { alertId: 'uuid', verdict: 'fraud|genuine|unclear', closedAt: 'time' },
      },
    }),
  ],
  resources: [
    database('fraud-feature-store', 'Features of customers, devices and merchants.'),
    database('fraud-cases-db', 'Alerts, rules and decisions of analysts.'),
    topic('fraud-alerts-topic', 'Alerts, keyed by customer.'),
  ],
};
