import type { ApiDefinition } from '../api-definitions/definition.ts';

/** How far a component or an API is in its life; the three values that Backstage's documentation names. */
export type Lifecycle = 'experimental' | 'production' | 'deprecated';

/** What kind of software a component is. */
export type ComponentType = 'service' | 'website' | 'mobile-app' | 'library' | 'batch-job' | 'data-pipeline';

/** A team that owned something before, and when it handed it over. */
export interface FormerOwner {
  team: string;
  weeksAgo: number;
}

/** One component of a system, as its team would describe it. */
export interface Component {
  name: string;
  type: ComponentType;
  language: string;
  description: string;
  lifecycle: Lifecycle;
  /** Left out: the owner of the system. */
  owner?: string;
  /** 1 wakes somebody at night, 2 waits for the morning, 3 waits for the next sprint. */
  tier: 1 | 2 | 3;
  tags: readonly string[];
  provides: readonly string[];
  consumes: readonly string[];
  /** References with their kind, such as `resource:payments-db`. */
  dependsOn: readonly string[];
  /** A component of the same system that this one is a part of. */
  partOf?: string;
  /** Whether the component has a documentation site of its own beside its system's. */
  hasOwnDocs: boolean;
  /** For a deprecated component: what to use instead. */
  replacedBy?: string;
  formerOwner?: FormerOwner;
}

/** One API of a system with its definition document. */
export interface Api {
  name: string;
  description: string;
  lifecycle: Lifecycle;
  definition: ApiDefinition;
  /** The definition before its last change, which a commit of that message made. */
  formerDefinition?: { definition: ApiDefinition; message: string; weeksAgo: number };
}

/** One piece of infrastructure that a system runs on. */
export interface Resource {
  name: string;
  type:
    'database' | 'cache' | 'topic' | 'queue' | 'bucket' | 'search-index' | 'vault' | 'cluster' | 'registry';
  description: string;
  /** References with their kind, such as `resource:kafka-cluster`. */
  dependsOn: readonly string[];
}

/** A system: one Git repository with everything in it. */
export interface System {
  name: string;
  title: string;
  description: string;
  domain: string;
  owner: string;
  components: readonly Component[];
  apis: readonly Api[];
  resources: readonly Resource[];
}

/** An area of the business. */
export interface Domain {
  name: string;
  title: string;
  description: string;
  owner: string;
  partOf?: string;
}

/** A department: several teams under one head. */
export interface Department {
  name: string;
  title: string;
  description: string;
}

/** A team, and how it delivers. */
export interface Team {
  name: string;
  title: string;
  description: string;
  department: string;
  costCentre: string;
  /** Who builds and deploys: the old Jenkins, or the platform's Argo CD since so many weeks. */
  delivery: { by: 'jenkins' } | { by: 'argocd'; sinceWeeksAgo: number };
}

/** An invented person. */
export interface Person {
  /** `first.last`, also the login and the mail address before the @. */
  name: string;
  displayName: string;
  role: string;
  memberOf: readonly string[];
}
