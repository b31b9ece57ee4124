import type { Component, ComponentType } from './model.ts';

/** What may be said of a component beyond its name, language and description. */
export type ComponentOptions = Partial<Omit<Component, 'name' | 'type' | 'language' | 'description'>>;

/** Declares one component in a system's file. */
export type ComponentBuilder = (
  name: string,
  language: string,
  description: string,
  options?: ComponentOptions,
) => Component;

function componentOfType(type: ComponentType): ComponentBuilder {
  return (name, language, description, options = {}) => ({
    lifecycle: 'production',
    tier: 2,
    tags: [],
    provides: [],
    consumes: [],
    dependsOn: [],
    hasOwnDocs: options.tier === 1,
    ...options,
    name,
    type,
    language,
    description,
  });
}

/** A process that answers requests or events around the clock. */
export const service = componentOfType('service');
/** Pages for a browser. */
export const website = componentOfType('website');
/** An app in a store. */
export const mobileApp = componentOfType('mobile-app');
/** Code that others build into theirs. */
export const library = componentOfType('library');
/** A process that starts on a schedule, does its work and ends. */
export const batchJob = componentOfType('batch-job');
/** A chain of transformations from data sets to data sets. */
export const dataPipeline = componentOfType('data-pipeline');
