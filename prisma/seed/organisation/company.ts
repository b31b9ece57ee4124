/** The fictional company. No such company is known to us; every person and number in it is invented. */
export const company = {
  /** Owner of the repositories and name of the root group. */
  slug: 'ferrowick',
  title: 'Ferrowick',
  description:
    'Accounts, cards, payments and lending for small businesses in Europe. A fictional company: demo data of Waymark.',
  /** All addresses of the company end in this; example.com is reserved for documentation (RFC 2606). */
  host: 'ferrowick.example.com',
} as const;

/** The last moment of the demo organisation's history: all commits lie in the year before it. */
export const demoEpoch = new Date('2026-11-16T08:00:00Z');

/** The repository with groups, people and domains. */
export const organisationRepository = 'org';
