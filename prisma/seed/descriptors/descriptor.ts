import { stringify } from 'yaml';

/** One document of a `catalog-info.yaml`. */
export interface Descriptor {
  apiVersion: 'backstage.io/v1alpha1' | 'internal.platform/v1';
  kind:
    | 'Component'
    | 'API'
    | 'Resource'
    | 'System'
    | 'Domain'
    | 'Group'
    | 'User'
    | 'AiResource'
    | 'Service'
    | 'Location';
  metadata: {
    name: string;
    title?: string;
    description?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    tags?: string[];
    links?: Link[];
  };
  spec: Record<string, unknown>;
}

/** A link on an entity's page. */
export interface Link {
  url: string;
  title: string;
  icon: string;
}

/** The text of a descriptor file; several documents are separated by `---`. */
export function descriptorFile(...descriptors: readonly Descriptor[]): string {
  return descriptors
    .map((descriptor) => stringify(descriptor, { lineWidth: 0, blockQuote: 'literal' }))
    .join('---\n');
}

/** A copy without the entries that hold nothing: undefined, or an empty list. */
export function withoutEmpty(entries: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entries).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
