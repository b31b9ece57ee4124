import { create, list, read } from '../../api-definitions/openapi.ts';
import { httpApi } from '../apis.ts';
import { library, service, website } from '../components.ts';
import type { System } from '../model.ts';
import { cluster, database, registry } from '../resources.ts';

/** Repository `developer-platform`. */
export const developerPlatform: System = {
  name: 'developer-platform',
  title: 'Developer Platform',
  description: 'The paved road from a commit to production: build, secrets, deployment, telemetry.',
  domain: 'foundations',
  owner: 'platform',
  components: [
    service(
      'deployment-controller',
      'go',
      'Brings what Git says to the clusters, step by step, and back if it must.',
      {
        tier: 1,
        tags: ['kubernetes', 'gitops'],
        provides: ['deployments-api'],
        dependsOn: ['resource:production-cluster', 'resource:staging-cluster', 'resource:artifact-registry'],
      },
    ),
    service('secrets-broker', 'go', 'Gives each service its own secrets for an hour at a time.', {
      tier: 1,
      tags: ['kubernetes'],
      consumes: ['permissions-api'],
      dependsOn: ['resource:production-cluster', 'component:token-issuer'],
    }),
    library(
      'telemetry-starter',
      'kotlin',
      'Logs, metrics and traces with the right names, by one line of code.',
      {
        tags: ['opentelemetry', 'jvm'],
        hasOwnDocs: true,
      },
    ),
    service(
      'preview-environments',
      'go',
      'A running copy of a pull request, gone a day after it is merged.',
      {
        lifecycle: 'experimental',
        tier: 3,
        tags: ['kubernetes', 'pilot'],
        consumes: ['deployments-api'],
        dependsOn: ['resource:staging-cluster'],
      },
    ),
    service(
      'jenkins-fleet',
      'groovy',
      'The shared Jenkins and its agents; closes when the last team has moved.',
      {
        lifecycle: 'deprecated',
        replacedBy: 'deployment-controller',
        tags: ['legacy', 'ci'],
        dependsOn: ['resource:artifact-registry'],
      },
    ),
    website('status-page', 'typescript', 'What works and what does not, for customers and colleagues.', {
      tags: ['public'],
      dependsOn: ['resource:platform-db'],
    }),
    service('incident-bot', 'python', 'Opens a room, calls the right people and writes the timeline.', {
      tags: ['chatops'],
      consumes: ['deployments-api'],
      dependsOn: ['resource:platform-db', 'component:status-page'],
    }),
  ],
  apis: [
    httpApi('deployments-api', {
      title: 'Deployments',
      version: '1.0.0',
      description: 'What runs where, since when, and who put it there.',
      operations: [
        create('/deployments', 'deploy', 'Deploy a version', { takes: 'NewDeployment', gives: 'Deployment' }),
        list('/deployments', 'listDeployments', 'Deployments, latest first', { gives: 'Deployment' }),
        read('/deployments/{deploymentId}', 'getDeployment', 'One deployment with its steps', {
          gives: 'Deployment',
        }),
        create('/deployments/{deploymentId}/rollback', 'rollBack', 'Go back to the version before', {
          gives: 'Deployment',
        }),
      ],
      messages: {
        NewDeployment: { component: 'text', version: 'text', environment: 'staging|production' },
        RolloutStep: { share: 'percent', state: 'waiting|running|done|failed', 'finishedAt?': 'time' },
        Deployment: {
          deploymentId: 'uuid',
          asked: 'NewDeployment',
          startedBy: 'text',
          steps: 'RolloutStep[]',
          startedAt: 'time',
        },
      },
    }),
  ],
  resources: [
    cluster('production-cluster', 'Kubernetes in two regions; everything that customers use.'),
    cluster('staging-cluster', 'Kubernetes for tests and previews; switched off at night.'),
    cluster(
      'kafka-cluster',
      'The event backbone: three zones, seven days of retention unless a topic says else.',
    ),
    registry('artifact-registry', 'Container images and packages, signed and scanned.'),
    database('platform-db', 'Deployments, incidents and the state of the status page.'),
  ],
};
