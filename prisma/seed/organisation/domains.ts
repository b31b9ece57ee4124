import type { Domain } from './model.ts';

/** The areas of the business. */
export const domains: readonly Domain[] = [
  {
    name: 'payments',
    title: 'Payments',
    description: 'Moving money between accounts inside the company and banks outside of it.',
    owner: 'money-movement',
  },
  {
    name: 'merchant-services',
    title: 'Merchant Services',
    description: 'Being paid: online checkout, payment links, and payouts to the seller.',
    owner: 'merchants',
    partOf: 'payments',
  },
  {
    name: 'cards',
    title: 'Cards',
    description: 'Debit cards, from the order of a card to a disputed purchase.',
    owner: 'cards',
  },
  {
    name: 'core-banking',
    title: 'Core Banking',
    description: 'The books of record: accounts, postings, balances and statements.',
    owner: 'ledger',
  },
  {
    name: 'lending',
    title: 'Lending',
    description: 'Credit for small businesses: deciding, paying out, collecting.',
    owner: 'lending',
  },
  {
    name: 'treasury',
    title: 'Treasury',
    description: 'Having the right money in the right place and currency, and proving it.',
    owner: 'treasury',
  },
  {
    name: 'customer',
    title: 'Customer',
    description: 'Who our customers are, how they join, and where they meet us.',
    owner: 'customer-and-trust',
  },
  {
    name: 'risk',
    title: 'Risk',
    description: 'Fraud, sanctions and money laundering: noticing, stopping, reporting.',
    owner: 'financial-crime',
  },
  {
    name: 'foundations',
    title: 'Foundations',
    description: 'Identity, delivery and data: what all the other domains stand on.',
    owner: 'engineering-foundations',
  },
];
