import { change, list, read } from '../../api-definitions/openapi.ts';
import { eventStream, httpApi } from '../apis.ts';
import { batchJob, dataPipeline, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { database, searchIndex, topic } from '../resources.ts';

/** Repository `customer-profile`. */
export const customerProfile: System = {
  name: 'customer-profile',
  title: 'Customer Profile',
  description: 'One record for each customer: who they are, how to reach them, what they agreed to.',
  domain: 'customer',
  owner: 'onboarding',
  components: [
    service('customer-registry', 'kotlin', 'The record of customers and the people who act for them.', {
      tier: 1,
      tags: ['rest', 'gdpr'],
      provides: ['customers-api', 'customer-events'],
      consumes: ['onboarding-events'],
      dependsOn: ['resource:customers-db', 'resource:customer-events-topic'],
    }),
    service('contact-preferences', 'kotlin', 'What each customer wants to hear from us, and where.', {
      tags: ['gdpr'],
      consumes: ['customer-events'],
      dependsOn: ['resource:customers-db'],
      formerOwner: { team: 'channels', weeksAgo: 31 },
    }),
    service('customer-search', 'typescript', 'Finds a customer by name, number or half of an address.', {
      tags: ['rest', 'search'],
      provides: ['customer-search-api'],
      dependsOn: ['resource:customer-search-index', 'component:customer-search-indexer'],
    }),
    dataPipeline(
      'customer-search-indexer',
      'typescript',
      'Keeps the search index a few seconds behind the registry.',
      {
        partOf: 'customer-search',
        tags: ['kafka'],
        consumes: ['customer-events'],
        dependsOn: ['resource:customer-search-index'],
      },
    ),
    website('customer-care-desk', 'typescript', 'What the service team sees when a customer calls.', {
      tier: 1,
      tags: ['internal', 'react'],
      consumes: ['customer-search-api', 'customers-api', 'disputes-api', 'cards-api'],
      dependsOn: ['component:session-guard', 'component:harbour-design-system'],
    }),
    batchJob(
      'personal-data-export',
      'kotlin',
      'Collects everything that we know about a person who asks for it.',
      {
        tags: ['gdpr'],
        consumes: ['customers-api', 'statements-api', 'loans-api'],
        dependsOn: ['resource:customers-db'],
      },
    ),
  ],
  apis: [
    httpApi('customers-api', {
      title: 'Customers',
      version: '3.3.0',
      description: 'Customers and the people who act for them.',
      operations: [
        read('/customers/{customerId}', 'getCustomer', 'One customer', { gives: 'Customer' }),
        change('/customers/{customerId}/contact', 'changeContact', 'Change contact details', {
          takes: 'Contact',
          gives: 'Customer',
        }),
        list('/customers/{customerId}/people', 'listPeople', 'Who may act for the customer', {
          gives: 'Person',
        }),
      ],
      messages: {
        Contact: { email: 'email', 'phone?': 'text', language: 'text' },
        Person: { personId: 'uuid', name: 'text', role: 'owner|director|delegate' },
        Customer: {
          customerId: 'uuid',
          legalName: 'text',
          country: 'country',
          contact: 'Contact',
          since: 'date',
        },
      },
    }),
    httpApi('customer-search-api', {
      title: 'Customer search',
      version: '1.0.4',
      description: 'Search for the service team; every search is written to the audit log.',
      operations: [
        list('/customer-search', 'searchCustomers', 'Customers that match, best first', { gives: 'Match' }),
      ],
      messages: {
        Match: { customerId: 'uuid', legalName: 'text', matchedOn: 'name|number|address', score: 'number' },
      },
    }),
    eventStream('customer-events', {
      title: 'Customer events',
      version: '2.1.0',
      description: 'New customers and changes of their record, without personal data.',
      events: [
        {
          address: 'customers.customer-created.v2',
          message: 'CustomerCreated',
          summary: 'A customer record exists',
        },
        {
          address: 'customers.contact-changed.v2',
          message: 'ContactChanged',
          summary: 'Contact details changed',
        },
      ],
      messages: {
        CustomerCreated: { customerId: 'uuid', country: 'country', createdAt: 'time' },
        ContactChanged: { customerId: 'uuid', changedFields: 'text[]', changedAt: 'time' },
      },
    }),
  ],
  resources: [
    database('customers-db', 'Customers, people, consents; personal data.'),
    searchIndex('customer-search-index', 'Names, numbers and addresses for the service team.'),
    topic('customer-events-topic', 'Customer changes, keyed by customer.'),
  ],
};
