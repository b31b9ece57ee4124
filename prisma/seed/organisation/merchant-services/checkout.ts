import { create, list, read, remove } from '../../api-definitions/openapi.ts';
import { eventStream, httpApi } from '../apis.ts';
import { library, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { database, queue } from '../resources.ts';

/** Repository `checkout`. */
export const checkout: System = {
  name: 'checkout',
  title: 'Checkout',
  description: 'How our merchants are paid online: a hosted page, a payment link, or their own form.',
  domain: 'merchant-services',
  owner: 'merchants',
  components: [
    service(
      'checkout-session-service',
      'typescript',
      'One session from basket to receipt, whatever the way of paying.',
      {
        tier: 1,
        tags: ['rest', 'pci'],
        provides: ['checkout-api'],
        consumes: ['payments-api', 'authorisation-api', 'fraud-scoring-api'],
        dependsOn: ['resource:checkout-db'],
      },
    ),
    website('hosted-checkout', 'typescript', 'The payment page that shoppers see, in 17 languages.', {
      tier: 1,
      tags: ['react', 'pci', 'public'],
      consumes: ['checkout-api'],
      dependsOn: ['component:checkout-js', 'component:harbour-design-system'],
    }),
    service(
      'payment-link-service',
      'typescript',
      'Links that a merchant can send in a message or print as a code.',
      {
        tags: ['rest'],
        provides: ['payment-links-api'],
        consumes: ['checkout-api'],
        dependsOn: ['resource:checkout-db'],
      },
    ),
    service(
      'webhook-sender',
      'typescript',
      'Tells merchants what happened, signed, in order, and again until they answer.',
      {
        tags: ['event-driven'],
        provides: ['merchant-webhooks'],
        consumes: ['payment-events'],
        dependsOn: ['resource:webhook-queue', 'resource:checkout-db'],
        hasOwnDocs: true,
      },
    ),
    library(
      'checkout-js',
      'typescript',
      'Card form for merchants’ own pages; the number never touches their server.',
      {
        tier: 1,
        tags: ['pci', 'public', 'npm'],
        consumes: ['checkout-api'],
      },
    ),
    service(
      'saved-payment-methods',
      'typescript',
      'Ways of paying that returning shoppers left with a merchant.',
      {
        lifecycle: 'experimental',
        tags: ['pci', 'gdpr'],
        consumes: ['card-tokens-api'],
        dependsOn: ['resource:checkout-db'],
      },
    ),
  ],
  apis: [
    httpApi('checkout-api', {
      title: 'Checkout',
      version: '2.9.0',
      description: 'Sessions in which a shopper pays.',
      operations: [
        create('/checkout/sessions', 'createSession', 'Start a session', {
          takes: 'NewSession',
          gives: 'Session',
        }),
        read('/checkout/sessions/{sessionId}', 'getSession', 'One session', { gives: 'Session' }),
        create('/checkout/sessions/{sessionId}/refunds', 'refundSession', 'Give money back', {
          takes: 'NewRefund',
          gives: 'Refund',
        }),
      ],
      messages: {
        Item: { name: 'text', quantity: 'integer', price: 'Money' },
        NewSession: { merchantId: 'uuid', items: 'Item[]', returnUrl: 'url', 'shopperEmail?': 'email' },
        Session: { sessionId: 'uuid', status: 'open|paid|expired|cancelled', total: 'Money', pageUrl: 'url' },
        NewRefund: { amount: 'Money', reason: 'text' },
        Refund: { refundId: 'uuid', amount: 'Money', status: 'pending|done|failed' },
      },
    }),
    httpApi('payment-links-api', {
      title: 'Payment links',
      version: '1.2.0',
      description: 'Links that lead to a checkout session.',
      operations: [
        create('/payment-links', 'createLink', 'Create a link', { takes: 'NewLink', gives: 'PaymentLink' }),
        list('/payment-links', 'listLinks', 'Links of a merchant', { gives: 'PaymentLink' }),
        remove('/payment-links/{linkId}', 'disableLink', 'Disable a link'),
      ],
      messages: {
        NewLink: { merchantId: 'uuid', amount: 'Money', description: 'text', 'maxUses?': 'integer' },
        PaymentLink: { linkId: 'uuid', address: 'url', created: 'NewLink', uses: 'integer' },
      },
    }),
    eventStream('merchant-webhooks', {
      title: 'Merchant webhooks',
      version: '2.0.0',
      description: 'What merchants are told, before it is signed and sent over HTTP.',
      events: [
        { address: 'merchants.checkout-paid.v2', message: 'CheckoutPaid', summary: 'A shopper paid' },
        {
          address: 'merchants.refund-finished.v2',
          message: 'RefundFinished',
          summary: 'A refund arrived or failed',
        },
        {
          address: 'merchants.payout-sent.v2',
          message: 'PayoutSent',
          summary: 'Money is on its way to the merchant',
        },
      ],
      messages: {
        CheckoutPaid: {
          eventId: 'uuid',
          merchantId: 'uuid',
          sessionId: 'uuid',
          amount: 'Money',
          paidAt: 'time',
        },
        RefundFinished: { eventId: 'uuid', merchantId: 'uuid', refundId: 'uuid', outcome: 'done|failed' },
        PayoutSent: {
          eventId: 'uuid',
          merchantId: 'uuid',
          payoutId: 'uuid',
          amount: 'Money',
          sentAt: 'time',
        },
      },
    }),
  ],
  resources: [
    database('checkout-db', 'Sessions, links and saved ways of paying (as tokens).'),
    queue('webhook-queue', 'Webhooks that wait for their next try.'),
  ],
};
