import type { GoldenPathName } from './golden-path-files.ts';
import type { Answers, NamedAnswers } from './render-project.ts';

/** Only what a form insists on. */
const minimal: NamedAnswers = {
  name: 'payment-orders',
  description: 'Takes payment orders from every channel.',
  owner: 'group:default/payments-core',
  repoUrl: 'github.com?owner=Example&repo=payment-orders',
};

/** Every field, with a description that breaks whatever does not escape it, and another host. */
const everything: NamedAnswers = {
  ...minimal,
  description: 'Takes "orders": from C:\\shops & <others>, #1 of 2 — 100 % of them, it\'s true.',
  owner: 'payments-core',
  system: 'payment-orchestration',
  tags: ['payments', 'pilot'],
  dependencies: ['component:default/ledger-api', 'resource:default/payments-db', 'exchange-rates'],
  host: 'orders.example.com',
  repoUrl: 'gitlab.com?owner=example%2Fpayments&repo=payment-orders',
};

/** What the manifest's form asks beside that. */
const manifest: Answers = {
  environment: 'staging',
  replicas: { min: 1, max: 3 },
  resources: { cpu: '1', memory: '512Mi' },
  ports: [
    { name: 'http', port: 9000 },
    { name: 'grpc', port: 9001 },
  ],
  env: [
    { name: 'LEDGER_URL', value: 'http://ledger-api' },
    { name: 'GREETING', value: "yes: 'no' #1" },
  ],
  dependsOn: ['component:default/ledger-api', 'resource:default/payments-db'],
  database: { type: 'postgres', plan: 'medium' },
};

/** Sets of answers that every template is rendered with, by name. */
export const sampleAnswers: Record<GoldenPathName, Record<string, NamedAnswers>> = {
  'node-service': { minimal, everything: { ...everything, database: true, memory: '1Gi' } },
  'python-service': { minimal, everything: { ...everything, memory: '1Gi' } },
  'go-service': { minimal, everything: { ...everything, memory: '1Gi' } },
  'service-from-manifest': {
    minimal,
    'everything for Node.js': { ...everything, ...manifest, runtime: 'node' },
    'everything for Python': { ...everything, ...manifest, runtime: 'python' },
    'everything for Go': { ...everything, ...manifest, runtime: 'go' },
  },
  'batch-job': {
    minimal,
    everything: {
      ...everything,
      schedule: '*/5 7-19 * * MON-FRI',
      timeZone: 'Europe/Berlin',
      limitMinutes: 4,
    },
  },
  'static-site': { minimal, everything },
  library: { minimal, everything: { ...everything, scope: '@example' } },
};
