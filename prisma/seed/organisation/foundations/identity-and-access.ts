import { create, list, read, remove } from '../../api-definitions/openapi.ts';
import { grpcApi, httpApi } from '../apis.ts';
import { batchJob, library, service } from '../components.ts';
import type { System } from '../model.ts';
import { database, vault } from '../resources.ts';

/** Repository `identity-and-access`. */
export const identityAndAccess: System = {
  name: 'identity-and-access',
  title: 'Identity and Access',
  description: 'Who is there, and what may they do: for customers, for staff and for services.',
  domain: 'foundations',
  owner: 'platform',
  components: [
    service('login-service', 'go', 'Signs customers and staff in, with a second factor.', {
      tier: 1,
      tags: ['oidc', 'rest'],
      provides: ['identity-api'],
      consumes: ['notifications-api'],
      dependsOn: ['resource:identity-db', 'component:token-issuer'],
    }),
    service('token-issuer', 'go', 'Issues and rotates the tokens that services show each other.', {
      tier: 1,
      tags: ['oidc', 'spiffe'],
      dependsOn: ['resource:token-signing-keys'],
    }),
    service('permission-service', 'go', 'Answers whether somebody may do something to something.', {
      tier: 1,
      tags: ['grpc', 'low-latency'],
      provides: ['permissions-api'],
      dependsOn: ['resource:identity-db'],
    }),
    service('passkey-enrolment', 'go', 'Passkeys instead of passwords; staff first, customers next year.', {
      lifecycle: 'experimental',
      tier: 3,
      tags: ['webauthn', 'pilot'],
      consumes: ['identity-api'],
      dependsOn: ['resource:identity-db'],
    }),
    library(
      'session-guard',
      'typescript',
      'Middleware that checks sessions and puts the caller on the request.',
      {
        tags: ['npm', 'oidc'],
        consumes: ['identity-api', 'permissions-api'],
        hasOwnDocs: true,
      },
    ),
    batchJob(
      'staff-directory-sync',
      'go',
      'Brings joiners, movers and leavers from the personnel system, every hour.',
      {
        tags: ['scim'],
        dependsOn: ['resource:identity-db'],
      },
    ),
  ],
  apis: [
    httpApi('identity-api', {
      title: 'Identity',
      version: '3.2.0',
      description: 'Sessions and factors of a person.',
      operations: [
        create('/sessions', 'signIn', 'Sign in', { takes: 'SignIn', gives: 'Session' }),
        read('/sessions/current', 'getSession', 'The session of the caller', { gives: 'Session' }),
        remove('/sessions/current', 'signOut', 'Sign out'),
        list('/people/{personId}/factors', 'listFactors', 'Second factors of a person', { gives: 'Factor' }),
      ],
      messages: {
        SignIn: { email: 'email', password: 'text', 'oneTimeCode?': 'text' },
        Session: {
          sessionId: 'uuid',
          personId: 'uuid',
          assurance: 'low|substantial|high',
          expiresAt: 'time',
        },
        Factor: { factorId: 'uuid', kind: 'totp|push|passkey', enrolledAt: 'time' },
      },
    }),
    grpcApi('permissions-api', {
      package: 'ferrowick.access.v1',
      service: 'Permissions',
      description: 'Permission checks, one or many at a time.',
      procedures: [
        { name: 'Check', summary: 'May this subject do this?' },
        { name: 'CheckMany', summary: 'The same for up to a hundred objects.' },
      ],
      messages: {
        CheckRequest: { subject: 'text', action: 'text', object: 'text' },
        CheckReply: { isAllowed: 'yes', 'reason?': 'text' },
        CheckManyRequest: { subject: 'text', action: 'text', objects: 'text[]' },
        CheckManyReply: { allowed: 'text[]' },
      },
    }),
  ],
  resources: [
    database('identity-db', 'People, factors, roles and rights.'),
    vault('token-signing-keys', 'Keys of tokens; rotated every week.'),
  ],
};
