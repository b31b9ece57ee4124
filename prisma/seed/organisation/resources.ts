import type { Resource } from './model.ts';

/** Declares one resource in a system's file. */
export type ResourceBuilder = (name: string, description: string) => Resource;

function resourceOfType(type: Resource['type'], dependsOn: readonly string[] = []): ResourceBuilder {
  return (name, description) => ({ name, type, description, dependsOn });
}

/** A PostgreSQL database. */
export const database = resourceOfType('database');
/** A cache that may be emptied at any time. */
export const cache = resourceOfType('cache');
/** A topic on the company's one Kafka cluster. */
export const topic = resourceOfType('topic', ['resource:kafka-cluster']);
/** A work queue. */
export const queue = resourceOfType('queue');
/** An object store bucket. */
export const bucket = resourceOfType('bucket');
/** A full-text index. */
export const searchIndex = resourceOfType('search-index');
/** A store of keys or other secrets. */
export const vault = resourceOfType('vault');
/** A cluster of machines that others run on. */
export const cluster = resourceOfType('cluster');
/** A store of built artefacts. */
export const registry = resourceOfType('registry');
