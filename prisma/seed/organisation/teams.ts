import type { Department, Team } from './model.ts';

/** The departments, in the order in which the company lists them. */
export const departments: readonly Department[] = [
  {
    name: 'money-movement',
    title: 'Money Movement',
    description: 'Everything that moves money between accounts, cards, banks and merchants.',
  },
  {
    name: 'banking-products',
    title: 'Banking Products',
    description: 'Accounts, books, loans and the balance sheet behind them.',
  },
  {
    name: 'customer-and-trust',
    title: 'Customer and Trust',
    description: 'How customers join, what they see, and how they and the company are kept safe.',
  },
  {
    name: 'engineering-foundations',
    title: 'Engineering Foundations',
    description: 'The platform and the data that every other team builds on.',
  },
];

/** A team that a reorganisation dissolved; a few descriptors still name it. */
export const dissolvedTeam = 'merchant-tools';

/** The twelve teams. */
export const teams: readonly Team[] = [
  {
    name: 'payments-core',
    title: 'Payments Core',
    description: 'Takes payment orders from every channel and sees each one through to the end.',
    department: 'money-movement',
    costCentre: 'cc-410',
    delivery: { by: 'argocd', sinceWeeksAgo: 26 },
  },
  {
    name: 'bank-connectivity',
    title: 'Bank Connectivity',
    description: 'Connects to clearing houses, correspondent banks and open banking partners.',
    department: 'money-movement',
    costCentre: 'cc-412',
    delivery: { by: 'jenkins' },
  },
  {
    name: 'cards',
    title: 'Cards',
    description: 'Issues debit cards, authorises their use and settles disputes about it.',
    department: 'money-movement',
    costCentre: 'cc-420',
    delivery: { by: 'argocd', sinceWeeksAgo: 15 },
  },
  {
    name: 'merchants',
    title: 'Merchants',
    description: 'Checkout, payment links and payouts for businesses that sell.',
    department: 'money-movement',
    costCentre: 'cc-430',
    delivery: { by: 'argocd', sinceWeeksAgo: 11 },
  },
  {
    name: 'ledger',
    title: 'Ledger',
    description: 'Keeps the books: accounts, postings, balances and statements.',
    department: 'banking-products',
    costCentre: 'cc-510',
    delivery: { by: 'jenkins' },
  },
  {
    name: 'lending',
    title: 'Lending',
    description: 'Working-capital loans from application to last repayment.',
    department: 'banking-products',
    costCentre: 'cc-520',
    delivery: { by: 'argocd', sinceWeeksAgo: 7 },
  },
  {
    name: 'treasury',
    title: 'Treasury and Reporting',
    description: 'Liquidity, foreign exchange and what the regulators want to know.',
    department: 'banking-products',
    costCentre: 'cc-530',
    delivery: { by: 'jenkins' },
  },
  {
    name: 'onboarding',
    title: 'Onboarding',
    description: 'Turns an applicant into a verified customer, and keeps the customer record.',
    department: 'customer-and-trust',
    costCentre: 'cc-610',
    delivery: { by: 'argocd', sinceWeeksAgo: 18 },
  },
  {
    name: 'channels',
    title: 'Digital Channels',
    description: 'Web banking, the two apps, and every message that a customer receives.',
    department: 'customer-and-trust',
    costCentre: 'cc-620',
    delivery: { by: 'argocd', sinceWeeksAgo: 25 },
  },
  {
    name: 'financial-crime',
    title: 'Fraud and Financial Crime',
    description: 'Stops fraud before the money leaves, and reports what the law asks for.',
    department: 'customer-and-trust',
    costCentre: 'cc-630',
    delivery: { by: 'jenkins' },
  },
  {
    name: 'data-platform',
    title: 'Data Platform',
    description: 'Event lake, warehouse and the tools that turn them into answers.',
    department: 'engineering-foundations',
    costCentre: 'cc-710',
    delivery: { by: 'argocd', sinceWeeksAgo: 20 },
  },
  {
    name: 'platform',
    title: 'Developer Platform',
    description: 'Golden paths, clusters, identity and delivery for all the other teams.',
    department: 'engineering-foundations',
    costCentre: 'cc-720',
    delivery: { by: 'argocd', sinceWeeksAgo: 40 },
  },
];
