import { describe, expect, it } from 'vitest';
import { dockerfileFindings } from './dockerfile.ts';
import { fieldFindings, schemaFindings } from './kubernetes-fields.ts';
import { securityFindings, type Manifest } from './kubernetes-security.ts';
import { workflowFindings } from './workflow.ts';

/** The rules are worth what they refuse. */
const careless: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'careless' },
  spec: {
    selector: {},
    template: {
      spec: {
        containers: [
          { name: 'app', image: 'app:latest', env: [{ name: 'DB_PASSWORD', value: 'x' }], resorces: {} },
        ],
      },
    },
  },
};

describe('the rules for manifests', () => {
  it('refuse what is not secure', () => {
    expect(securityFindings([careless])).toEqual([
      'pod: runAsNonRoot',
      'pod: a user id that is not 0',
      'pod: seccomp RuntimeDefault',
      'pod: no token of the API server',
      'app: no privilege escalation',
      'app: readOnlyRootFilesystem',
      'app: drops all capabilities',
      'app: requests cpu and memory',
      'app: memory has a limit',
      'app: image with a version',
      'app: no secret in a variable',
      'network: denied unless it is allowed',
    ]);
  });

  it('refuse a field that Kubernetes does not know', () => {
    expect(fieldFindings([careless])).toEqual([expect.stringContaining('"resorces"')]);
  });

  it('refuse a value of the wrong type', async () => {
    const wrong = { ...careless, spec: { ...careless.spec, replicas: 'two' } };
    expect(await schemaFindings(wrong)).toEqual([expect.stringContaining('replicas')]);
    expect(await schemaFindings(careless)).toEqual([]);
  });
});

describe('the rules for images', () => {
  it('refuse root, versions that move, secrets and what is no instruction', () => {
    const findings = dockerfileFindings('FROM node\nARG NPM_TOKEN\nADD . .\nRUNN x\nCMD node main.js\n');
    expect(findings).toEqual([
      expect.stringMatching(/^line 4: .*RUNN/),
      'more than one stage',
      'versions of base images',
      'a numeric user that is not root, so that the cluster can tell',
      'no secret in ARG or ENV',
      'no ADD',
      'a command without a shell, which would keep the signals',
    ]);
  });
});

describe('the rules for workflows', () => {
  const workflow = (steps: string) =>
    `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;

  it('refuse what GitHub does not know', async () => {
    expect(await workflowFindings('ci.yaml', workflow('      - ran: npm test\n'))).not.toEqual([]);
  });

  it('refuse rights, versions and scripts that are too open', async () => {
    const open = workflow('      - uses: actions/checkout@main\n      - run: echo ${{ github.head_ref }}\n');
    expect(await workflowFindings('ci.yaml', open)).toEqual([
      'permissions are those to read',
      'every job ends',
      'actions have a major version',
      'no text of others in a script',
    ]);
  });
});
