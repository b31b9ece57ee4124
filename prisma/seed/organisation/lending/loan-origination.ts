import { create, list, read, replace } from '../../api-definitions/openapi.ts';
import { eventStream, grpcApi, httpApi } from '../apis.ts';
import { dataPipeline, library, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { bucket, database, topic } from '../resources.ts';

/** Repository `loan-origination`. */
export const loanOrigination: System = {
  name: 'loan-origination',
  title: 'Loan Origination',
  description: 'From the first question about a loan to the money on the account, in a day if all is clear.',
  domain: 'lending',
  owner: 'lending',
  components: [
    service('loan-application-service', 'kotlin', 'Keeps applications and leads each through its checks.', {
      tier: 1,
      tags: ['rest', 'gdpr'],
      provides: ['loan-applications-api', 'loan-offer-events'],
      consumes: ['customers-api', 'credit-decisions-api', 'screening-api'],
      dependsOn: ['resource:loan-applications-db', 'resource:loan-offers-topic'],
    }),
    service('credit-decision-engine', 'python', 'Approves, declines or asks a person, and always says why.', {
      tier: 1,
      tags: ['grpc', 'explainable'],
      provides: ['credit-decisions-api'],
      dependsOn: [
        'resource:credit-feature-store',
        'component:bureau-connector',
        'component:affordability-calculator',
      ],
    }),
    service(
      'bureau-connector',
      'kotlin',
      'Asks credit bureaus in four countries and keeps their answers for 30 days.',
      {
        tags: ['gdpr', 'vendor'],
        dependsOn: ['resource:bureau-reports-bucket'],
      },
    ),
    service(
      'loan-offer-generator',
      'kotlin',
      'Works out amount, term and price of the offers that a customer can choose from.',
      {
        tags: ['pricing'],
        consumes: ['loan-applications-api', 'fx-rates-api'],
        dependsOn: ['resource:loan-applications-db', 'component:affordability-calculator'],
      },
    ),
    library(
      'affordability-calculator',
      'kotlin',
      'What a business can pay back each month, by the rules of the supervisor.',
      {
        tags: ['jvm', 'compliance'],
      },
    ),
    website(
      'underwriter-workbench',
      'typescript',
      'Where underwriters read and decide the cases that the engine leaves to them.',
      {
        tags: ['internal', 'react'],
        consumes: ['loan-applications-api', 'credit-decisions-api'],
        dependsOn: ['component:harbour-design-system', 'component:session-guard'],
      },
    ),
    dataPipeline(
      'credit-model-training',
      'python',
      'Trains and checks the credit model each quarter; a person signs off.',
      {
        tier: 3,
        tags: ['machine-learning', 'airflow'],
        dependsOn: ['resource:credit-feature-store', 'resource:warehouse'],
      },
    ),
  ],
  apis: [
    httpApi('loan-applications-api', {
      title: 'Loan applications',
      version: '1.8.0',
      description: 'Apply for a loan, add documents, accept an offer.',
      operations: [
        create('/loan-applications', 'apply', 'Apply for a loan', {
          takes: 'NewApplication',
          gives: 'Application',
        }),
        list('/loan-applications', 'listApplications', 'Applications by state', { gives: 'Application' }),
        read('/loan-applications/{applicationId}', 'getApplication', 'One application', {
          gives: 'Application',
        }),
        replace('/loan-applications/{applicationId}/accepted-offer', 'acceptOffer', 'Accept an offer', {
          takes: 'Acceptance',
          gives: 'Application',
        }),
      ],
      messages: {
        NewApplication: {
          customerId: 'uuid',
          amount: 'Money',
          termMonths: 'integer',
          purpose: 'stock|equipment|tax|other',
        },
        Offer: { offerId: 'uuid', amount: 'Money', termMonths: 'integer', yearlyRate: 'percent' },
        Acceptance: { offerId: 'uuid', acceptedBy: 'text' },
        Application: {
          applicationId: 'uuid',
          asked: 'NewApplication',
          status: 'checking|with-underwriter|offered|accepted|declined|withdrawn',
          offers: 'Offer[]',
        },
      },
    }),
    grpcApi('credit-decisions-api', {
      package: 'ferrowick.lending.decisions.v1',
      service: 'CreditDecisions',
      description: 'Credit decisions with their reasons.',
      procedures: [{ name: 'Decide', summary: 'Decides on one application.', reply: 'Decision' }],
      messages: {
        DecideRequest: { applicationId: 'uuid', customerId: 'uuid', amount: 'Money', termMonths: 'integer' },
        Reason: { code: 'text', explanation: 'text', weight: 'number' },
        Decision: {
          outcome: 'approve|decline|refer',
          probabilityOfDefault: 'number',
          reasons: 'Reason[]',
          modelVersion: 'text',
        },
      },
    }),
    eventStream('loan-offer-events', {
      title: 'Loan offer events',
      version: '1.0.0',
      description: 'Offers that were made, accepted or let go.',
      events: [
        { address: 'lending.offer-made.v1', message: 'OfferMade', summary: 'A customer has an offer' },
        {
          address: 'lending.offer-accepted.v1',
          message: 'OfferAccepted',
          summary: 'A customer accepted an offer',
        },
      ],
      messages: {
        OfferMade: { applicationId: 'uuid', offerId: 'uuid', amount: 'Money', expiresOn: 'date' },
        OfferAccepted: { applicationId: 'uuid', offerId: 'uuid', acceptedAt: 'time' },
      },
    }),
  ],
  resources: [
    database('loan-applications-db', 'Applications, offers and the reasons of each decision.'),
    database('credit-feature-store', 'Features of the credit model, as of each decision.'),
    bucket('bureau-reports-bucket', 'Answers of credit bureaus; deleted after 30 days.'),
    topic('loan-offers-topic', 'Loan offers, keyed by application.'),
  ],
};
