import type { RelationField } from './relations.ts';

/** A JSON Schema (draft 7). */
export type JsonSchema = Record<string, unknown>;

/** What the catalog knows of one kind in one or more apiVersions. */
export interface KindDefinition {
  kind: string;
  apiVersions: readonly string[];
  /** Set when the definition holds only for entities whose `spec.type` is this; the one without it holds for the rest. */
  specType?: string;
  /** Schema of `spec`; absent where the operator's own schema of the whole entity decides. */
  spec?: JsonSchema;
  relations: readonly RelationField[];
}

const text: JsonSchema = { type: 'string', minLength: 1 };
const texts: JsonSchema = { type: 'array', items: text };
const profile: JsonSchema = {
  type: 'object',
  properties: { displayName: text, email: text, picture: text },
};

function specOf(required: readonly string[], properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', required, properties };
}

const owner: RelationField = { field: 'owner', type: 'ownedBy', defaultKind: 'Group' };
const system: RelationField = { field: 'system', type: 'partOf', defaultKind: 'System' };
const dependencies: readonly RelationField[] = [
  { field: 'dependsOn', type: 'dependsOn' },
  { field: 'dependencyOf', type: 'dependencyOf' },
];

const componentRelations: readonly RelationField[] = [
  owner,
  system,
  { field: 'subcomponentOf', type: 'partOf', defaultKind: 'Component' },
  { field: 'providesApis', type: 'providesApi', defaultKind: 'API' },
  { field: 'consumesApis', type: 'consumesApi', defaultKind: 'API' },
  ...dependencies,
];

/** What the kinds of a company are read for: the fields that mean the same in every core kind. */
export const commonRelations: readonly RelationField[] = [
  ...componentRelations,
  { field: 'domain', type: 'partOf', defaultKind: 'Domain' },
];

const coreVersions = ['backstage.io/v1alpha1', 'backstage.io/v1beta1'];

const softwareKinds: readonly KindDefinition[] = [
  {
    kind: 'Component',
    apiVersions: coreVersions,
    spec: specOf(['type', 'lifecycle', 'owner'], {
      type: text,
      lifecycle: text,
      owner: text,
      system: text,
      subcomponentOf: text,
      providesApis: texts,
      consumesApis: texts,
      dependsOn: texts,
      // Backstage's own schema leaves dependencyOf open; its references are judged when relations are read.
      dependencyOf: {},
    }),
    relations: componentRelations,
  },
  {
    kind: 'API',
    apiVersions: coreVersions,
    spec: specOf(['type', 'lifecycle', 'owner', 'definition'], {
      type: text,
      lifecycle: text,
      owner: text,
      system: text,
      definition: text,
    }),
    relations: [owner, system],
  },
  {
    kind: 'API',
    apiVersions: coreVersions,
    specType: 'mcp-server',
    spec: specOf(['type', 'lifecycle', 'owner', 'remotes'], {
      type: { const: 'mcp-server' },
      lifecycle: text,
      owner: text,
      system: text,
      remotes: { type: 'array', minItems: 1, items: specOf(['type', 'url'], { type: text, url: text }) },
    }),
    relations: [owner, system],
  },
  {
    kind: 'Resource',
    apiVersions: coreVersions,
    spec: specOf(['type', 'owner'], {
      type: text,
      owner: text,
      system: text,
      dependsOn: texts,
      dependencyOf: {},
    }),
    relations: [owner, system, ...dependencies],
  },
  {
    kind: 'System',
    apiVersions: coreVersions,
    spec: specOf(['owner'], { owner: text, domain: text, type: text }),
    relations: [owner, { field: 'domain', type: 'partOf', defaultKind: 'Domain' }],
  },
  {
    kind: 'Domain',
    apiVersions: coreVersions,
    spec: specOf(['owner'], { owner: text, subdomainOf: text, type: text }),
    relations: [owner, { field: 'subdomainOf', type: 'partOf', defaultKind: 'Domain' }],
  },
];

const organisationKinds: readonly KindDefinition[] = [
  {
    kind: 'Group',
    apiVersions: coreVersions,
    spec: specOf(['type', 'children'], {
      type: text,
      profile,
      parent: text,
      children: texts,
      members: texts,
    }),
    relations: [
      { field: 'parent', type: 'childOf', defaultKind: 'Group' },
      { field: 'children', type: 'parentOf', defaultKind: 'Group' },
      { field: 'members', type: 'hasMember', defaultKind: 'User' },
    ],
  },
  {
    kind: 'User',
    apiVersions: coreVersions,
    spec: specOf(['memberOf'], { profile, memberOf: texts }),
    relations: [{ field: 'memberOf', type: 'memberOf', defaultKind: 'Group' }],
  },
  {
    kind: 'Location',
    apiVersions: coreVersions,
    spec: specOf([], {
      type: text,
      target: text,
      targets: texts,
      presence: { type: 'string', enum: ['required', 'optional'] },
    }),
    relations: [],
  },
];

const aiFields = { type: text, lifecycle: text, owner: text, system: text };

function aiResource(
  specType: string | undefined,
  required: readonly string[],
  properties: Record<string, JsonSchema>,
  relations: readonly RelationField[] = [],
): KindDefinition {
  return {
    kind: 'AiResource',
    apiVersions: ['backstage.io/v1alpha1'],
    ...(specType === undefined ? {} : { specType }),
    spec: specOf(['type', 'lifecycle', 'owner', ...required], { ...aiFields, ...properties }),
    relations: [owner, system, ...relations],
  };
}

const aiKinds: readonly KindDefinition[] = [
  aiResource(undefined, [], {}),
  aiResource(
    'skill',
    [],
    {
      disciplines: texts,
      categories: texts,
      agents: texts,
      dependsOn: texts,
      allowedTools: text,
      license: text,
      compatibility: { type: 'string', minLength: 1, maxLength: 500 },
    },
    [{ field: 'dependsOn', type: 'dependsOn', defaultKind: 'AiResource' }],
  ),
  aiResource('rule', ['category', 'rationale'], { disciplines: texts, category: text, rationale: text }),
  aiResource('plugin', ['skills'], { skills: texts, version: text }, [
    { field: 'skills', type: 'hasPart', defaultKind: 'AiResource' },
  ]),
  aiResource('marketplace', ['plugins'], { plugins: texts, version: text }, [
    { field: 'plugins', type: 'hasPart', defaultKind: 'AiResource' },
  ]),
];

/** The catalog's view of a template: enough to list and own it. The scaffolder checks the rest when it runs one. */
const templateKind: KindDefinition = {
  kind: 'Template',
  apiVersions: ['scaffolder.backstage.io/v1beta3', 'backstage.io/v1beta2'],
  spec: specOf(['type', 'steps'], {
    type: text,
    owner: text,
    lifecycle: text,
    parameters: { type: ['object', 'array'], items: { type: 'object' } },
    steps: {
      type: 'array',
      items: specOf(['action'], {
        action: { type: 'string' },
        id: { type: 'string' },
        name: { type: 'string' },
        input: { type: 'object' },
        if: { type: ['string', 'boolean'] },
      }),
    },
    output: { type: 'object' },
  }),
  relations: [owner],
};

/** YAML 1.2 takes `on` and `yes` for text, so the words that people write instead of true and false are named. */
const isOn: JsonSchema = { enum: [true, false, 'enabled', 'disabled'] };

/** The platform's own manifest: what a service needs, from which the platform makes it. Related like a Component. */
const platformService: KindDefinition = {
  kind: 'Service',
  apiVersions: ['internal.platform/v1'],
  spec: specOf(['runtime', 'environment'], {
    runtime: text,
    environment: text,
    database: specOf(['type', 'plan'], { type: text, plan: text }),
    observability: { type: 'object', properties: { traces: isOn, logs: isOn } },
    type: text,
    lifecycle: text,
    owner: text,
    system: text,
    subcomponentOf: text,
    providesApis: texts,
    consumesApis: texts,
    dependsOn: texts,
    dependencyOf: texts,
  }),
  relations: componentRelations,
};

/**
 * The kinds that every catalog knows: those of Backstage's system model, whose verdicts tests prove equal to those of
 * the validators of `@backstage/catalog-model`, and the platform's manifest.
 */
export const coreKinds: readonly KindDefinition[] = [
  ...softwareKinds,
  ...organisationKinds,
  ...aiKinds,
  templateKind,
  platformService,
];
