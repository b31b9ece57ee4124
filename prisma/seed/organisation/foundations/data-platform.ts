import { create, list, read } from '../../api-definitions/openapi.ts';
import { graphqlApi, httpApi } from '../apis.ts';
import { batchJob, dataPipeline, library, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { bucket, database } from '../resources.ts';

/** Repository `data-platform`. */
export const dataPlatform: System = {
  name: 'data-platform',
  title: 'Data Platform',
  description: 'From events to answers: lake, warehouse, quality checks and one definition for each figure.',
  domain: 'foundations',
  owner: 'data-platform',
  components: [
    dataPipeline('event-lake-ingest', 'scala', 'Writes every event to the lake within a minute, once.', {
      tier: 1,
      tags: ['kafka', 'spark'],
      consumes: ['schema-registry-api'],
      dependsOn: [
        'resource:event-lake-bucket',
        'resource:kafka-cluster',
        'component:personal-data-tokeniser',
      ],
    }),
    dataPipeline('warehouse-models', 'sql', 'Some 300 tables that people can trust, rebuilt each morning.', {
      tier: 1,
      tags: ['dbt'],
      dependsOn: ['resource:warehouse', 'resource:event-lake-bucket', 'component:event-lake-ingest'],
    }),
    service(
      'schema-registry',
      'java',
      'Keeps the shape of every event and refuses changes that break a reader.',
      {
        tier: 1,
        tags: ['rest', 'kafka'],
        provides: ['schema-registry-api'],
        dependsOn: ['resource:kafka-cluster'],
      },
    ),
    service(
      'metrics-catalog',
      'python',
      'One definition for each figure; dashboards ask here instead of computing.',
      {
        tags: ['graphql'],
        provides: ['metrics-graph'],
        dependsOn: ['resource:warehouse'],
      },
    ),
    batchJob(
      'data-quality-checks',
      'python',
      'Counts, sums and freshness of each table; stops a bad morning early.',
      {
        tags: ['dbt', 'scheduling'],
        dependsOn: ['resource:warehouse', 'component:warehouse-models'],
      },
    ),
    library(
      'personal-data-tokeniser',
      'scala',
      'Replaces personal data by tokens before it reaches the lake.',
      {
        tags: ['gdpr', 'jvm'],
      },
    ),
    website('analytics-portal', 'typescript', 'Dashboards and questions, with the lineage of each figure.', {
      tags: ['internal'],
      consumes: ['metrics-graph'],
      dependsOn: ['component:session-guard'],
    }),
  ],
  apis: [
    httpApi('schema-registry-api', {
      title: 'Schema registry',
      version: '1.4.0',
      description: 'Event schemas and their versions.',
      operations: [
        list('/schemas', 'listSchemas', 'All schemas', { gives: 'Schema' }),
        read('/schemas/{subject}', 'getSchema', 'Latest version of one schema', { gives: 'Schema' }),
        create('/schemas/{subject}/versions', 'addVersion', 'Add a version that breaks nobody', {
          takes: 'NewVersion',
          gives: 'Schema',
        }),
      ],
      messages: {
        NewVersion: { definition: 'text', author: 'email' },
        Schema: {
          subject: 'text',
          version: 'integer',
          compatibility: 'backward|full|none',
          definition: 'text',
        },
      },
    }),
    graphqlApi('metrics-graph', {
      description: 'Figures of the business with their definition, owner and lineage.',
      schema: `
scalar Date

enum Grain {
  DAY
  WEEK
  MONTH
}

type Metric {
  name: ID!
  title: String!
  definition: String!
  owner: String!
  unit: String!
  sources: [Table!]!
  series(from: Date!, to: Date!, grain: Grain = DAY): [Point!]!
}

type Point {
  date: Date!
  value: Float!
}

type Table {
  name: ID!
  freshAsOf: String!
  upstream: [Table!]!
}

type Query {
  metric(name: ID!): Metric
  metrics(owner: String): [Metric!]!
  table(name: ID!): Table
}
`,
    }),
  ],
  resources: [
    bucket('event-lake-bucket', 'Every event since 2019, as Parquet.'),
    database('warehouse', 'The analytical warehouse.'),
  ],
};
