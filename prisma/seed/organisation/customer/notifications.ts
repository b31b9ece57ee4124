import { create, read } from '../../api-definitions/openapi.ts';
import { eventStream, httpApi } from '../apis.ts';
import { dataPipeline, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { database, queue, topic } from '../resources.ts';

/** Repository `notifications`. */
export const notifications: System = {
  name: 'notifications',
  title: 'Notifications',
  description: 'Every message to a customer: the right words, the right channel, never twice.',
  domain: 'customer',
  owner: 'channels',
  components: [
    service(
      'notification-service',
      'typescript',
      'Takes a request, picks words and channel, and keeps what was sent.',
      {
        tier: 1,
        tags: ['rest', 'event-driven'],
        provides: ['notifications-api', 'notification-events'],
        consumes: ['customers-api'],
        dependsOn: [
          'resource:notifications-db',
          'resource:notification-queue',
          'component:contact-preferences',
        ],
      },
    ),
    service('push-sender', 'go', 'Delivers to phones through the services of Apple and Google.', {
      partOf: 'notification-service',
      tags: ['vendor'],
      dependsOn: ['resource:notification-queue'],
    }),
    service('email-sender', 'go', 'Delivers mail, watches bounces and stops writing to dead addresses.', {
      partOf: 'notification-service',
      tags: ['vendor'],
      dependsOn: ['resource:notification-queue'],
    }),
    service('text-message-sender', 'go', 'Delivers text messages; kept for customers without the app.', {
      partOf: 'notification-service',
      lifecycle: 'deprecated',
      replacedBy: 'push-sender',
      tags: ['vendor', 'legacy'],
      dependsOn: ['resource:notification-queue'],
    }),
    website(
      'message-studio',
      'typescript',
      'Where writers edit messages in nine languages and see them as the customer will.',
      {
        tier: 3,
        tags: ['internal', 'i18n'],
        consumes: ['notifications-api'],
        dependsOn: ['component:session-guard'],
      },
    ),
    dataPipeline(
      'delivery-receipts',
      'python',
      'Counts what was delivered and opened, by message and channel.',
      {
        tier: 3,
        tags: ['airflow'],
        consumes: ['notification-events'],
        dependsOn: ['resource:event-lake-bucket', 'resource:notification-events-topic'],
      },
    ),
  ],
  apis: [
    httpApi('notifications-api', {
      title: 'Notifications',
      version: '2.5.0',
      description: 'Ask for a message to a customer and see what became of it.',
      operations: [
        create('/notifications', 'requestNotification', 'Ask for a message', {
          takes: 'NewNotification',
          gives: 'Notification',
        }),
        read('/notifications/{notificationId}', 'getNotification', 'What became of it', {
          gives: 'Notification',
        }),
      ],
      messages: {
        Parameter: { name: 'text', value: 'text' },
        NewNotification: {
          customerId: 'uuid',
          template: 'text',
          parameters: 'Parameter[]',
          urgency: 'now|today|digest',
        },
        Notification: {
          notificationId: 'uuid',
          channel: 'push|email|text',
          status: 'queued|sent|delivered|failed|suppressed',
        },
      },
    }),
    eventStream('notification-events', {
      title: 'Notification events',
      version: '1.0.0',
      description: 'What became of each message.',
      events: [
        {
          address: 'notifications.message-delivered.v1',
          message: 'MessageDelivered',
          summary: 'It reached the customer',
        },
        { address: 'notifications.message-failed.v1', message: 'MessageFailed', summary: 'It did not' },
      ],
      messages: {
        MessageDelivered: { notificationId: 'uuid', channel: 'push|email|text', deliveredAt: 'time' },
        MessageFailed: {
          notificationId: 'uuid',
          channel: 'push|email|text',
          reason: 'text',
          failedAt: 'time',
        },
      },
    }),
  ],
  resources: [
    database('notifications-db', 'Messages sent in the last two years.'),
    queue('notification-queue', 'Messages that wait for a sender.'),
    topic('notification-events-topic', 'Deliveries and failures.'),
  ],
};
