import { list, read } from '../../api-definitions/openapi.ts';
import { eventStream, grpcApi, httpApi } from '../apis.ts';
import { library, service } from '../components.ts';
import type { System } from '../model.ts';
import { cache, database, topic } from '../resources.ts';
import { dissolvedTeam } from '../teams.ts';

/** Repository `foreign-exchange`. */
export const foreignExchange: System = {
  name: 'foreign-exchange',
  title: 'Foreign Exchange',
  description: 'Rates, quotes and hedging for the 14 currencies that we trade.',
  domain: 'treasury',
  owner: 'treasury',
  components: [
    service(
      'rate-feed-adapter',
      'scala',
      'Reads the price feeds of three vendors and throws out what cannot be true.',
      {
        tier: 1,
        tags: ['low-latency', 'vendor'],
        provides: ['fx-rate-updates'],
        dependsOn: ['resource:fx-rate-updates-topic'],
      },
    ),
    service(
      'fx-rate-service',
      'scala',
      'The reference rate of each pair, now and at any moment of the past.',
      {
        tier: 1,
        tags: ['rest'],
        provides: ['fx-rates-api'],
        consumes: ['fx-rate-updates'],
        dependsOn: ['resource:fx-rates-cache', 'resource:fx-trades-db'],
      },
    ),
    service('fx-quote-engine', 'scala', 'Prices with our margin that hold for 30 seconds.', {
      tier: 1,
      tags: ['grpc', 'pricing'],
      provides: ['fx-quotes-api'],
      consumes: ['fx-rates-api'],
      dependsOn: ['resource:fx-rates-cache', 'component:currency-math'],
    }),
    service('fx-hedger', 'scala', 'Closes open positions in the market when they grow beyond their limit.', {
      tags: ['trading'],
      consumes: ['fx-quotes-api', 'ledger-events'],
      dependsOn: ['resource:fx-trades-db'],
    }),
    service('fx-rate-sheet', 'ruby', 'Puts the daily rate sheet for merchants together and mails it.', {
      // README.md, imperfection 1
      owner: dissolvedTeam,
      tier: 3,
      tags: ['legacy'],
      consumes: ['fx-rates-api', 'notifications-api'],
    }),
    library('currency-math', 'scala', 'Amounts, rounding and conversion by the rules of each currency.', {
      tags: ['jvm', 'property-tested'],
    }),
  ],
  apis: [
    httpApi('fx-rates-api', {
      title: 'Exchange rates',
      version: '1.3.0',
      description: 'Reference rates, current and historical.',
      operations: [
        list('/fx/rates', 'listRates', 'Current rates of all pairs', { gives: 'Rate' }),
        read('/fx/rates/{pair}', 'getRate', 'Current rate of one pair', { gives: 'Rate' }),
        list('/fx/rates/{pair}/history', 'listRateHistory', 'Closing rates by day', { gives: 'Rate' }),
      ],
      messages: { Rate: { base: 'currency', quote: 'currency', mid: 'number', asOf: 'time' } },
    }),
    grpcApi('fx-quotes-api', {
      package: 'ferrowick.fx.quotes.v1',
      service: 'FxQuotes',
      description: 'Quotes that can be dealt on.',
      procedures: [
        { name: 'GetQuote', summary: 'A price for one conversion.', reply: 'Quote' },
        { name: 'Deal', summary: 'Deals on a quote that has not expired.' },
      ],
      messages: {
        GetQuoteRequest: { sell: 'Money', buyCurrency: 'currency', customerId: 'uuid' },
        Quote: { quoteId: 'uuid', sell: 'Money', buy: 'Money', rate: 'number', expiresAt: 'time' },
        DealRequest: { quoteId: 'uuid' },
        DealReply: { dealId: 'uuid', outcome: 'done|expired|refused' },
      },
    }),
    eventStream('fx-rate-updates', {
      title: 'Exchange rate updates',
      version: '1.0.0',
      description: 'Cleaned prices of the vendors, up to ten a second for each pair.',
      events: [{ address: 'fx.rate-updated.v1', message: 'RateUpdated', summary: 'A pair has a new price' }],
      messages: {
        RateUpdated: {
          base: 'currency',
          quote: 'currency',
          bid: 'number',
          ask: 'number',
          vendor: 'text',
          at: 'time',
        },
      },
    }),
  ],
  resources: [
    cache('fx-rates-cache', 'Latest price of each pair.'),
    database('fx-trades-db', 'Rates of the past, quotes, deals and hedges.'),
    topic('fx-rate-updates-topic', 'Prices, keyed by pair; kept for a day.'),
  ],
};
