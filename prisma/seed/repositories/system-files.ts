import { descriptorFile } from '../descriptors/descriptor.ts';
import { platformFiles } from '../descriptors/platform-descriptors.ts';
import {
  apiDescriptor,
  componentDescriptor,
  resourceDescriptor,
  systemDescriptor,
} from '../descriptors/software-descriptors.ts';
import type { Api, Component, ComponentType, Resource } from '../organisation/model.ts';
import * as pages from './documentation-pages.ts';
import type { FileTree, RepositoryState } from './repository-state.ts';

/** Where components of each type live in a repository. */
const folders: Readonly<Record<ComponentType, string>> = {
  service: 'services',
  website: 'apps',
  'mobile-app': 'apps',
  library: 'libraries',
  'batch-job': 'jobs',
  'data-pipeline': 'pipelines',
};

/** The descriptor of a component inside its repository. */
export function componentPath(component: Pick<Component, 'name' | 'type'>): string {
  return `${folders[component.type]}/${component.name}/catalog-info.yaml`;
}

/** All files of a system's repository in one state. */
export function systemFiles(state: RepositoryState): FileTree {
  const { system } = state;
  const files = new Map<string, string>([
    ['catalog-info.yaml', descriptorFile(systemDescriptor(system))],
    ['README.md', pages.readme(system)],
    ['.github/CODEOWNERS', pages.codeOwners(system)],
    ['mkdocs.yml', pages.siteNavigation(system.title, state.hasRunbook)],
    ['docs/index.md', pages.systemPage(system)],
  ]);
  if (state.hasRunbook) files.set('docs/runbook.md', pages.runbookPage(system));
  for (const component of system.components) addComponent(files, component, state);
  for (const api of system.apis) {
    const text = rendered.api.of(api, () => descriptorFile(apiDescriptor(api, system)));
    files.set(`apis/${api.name}/catalog-info.yaml`, text);
  }
  for (const { path, descriptor } of platformFiles(system)) files.set(path, descriptorFile(descriptor));
  addInfrastructure(files, state);
  for (const { path, edit } of state.edits) files.set(path, edit(files.get(path) ?? ''));
  return files;
}

function addComponent(files: Map<string, string>, component: Component, state: RepositoryState): void {
  const { system, deliveredBy } = state;
  const path = componentPath(component);
  const text = rendered[deliveredBy].of(component, () =>
    descriptorFile(componentDescriptor(component, system, deliveredBy)),
  );
  files.set(path, text);
  if (!component.hasOwnDocs) return;
  const folder = path.slice(0, path.lastIndexOf('/'));
  files.set(`${folder}/mkdocs.yml`, pages.siteNavigation(component.name, false));
  files.set(`${folder}/docs/index.md`, pages.componentPage(component, system));
}

function addInfrastructure(files: Map<string, string>, { system }: Pick<RepositoryState, 'system'>): void {
  const { resources } = system;
  if (resources.length === 0) return;
  const text = rendered.infrastructure.of(resources, () =>
    descriptorFile(...resources.map((resource) => resourceDescriptor(resource, system))),
  );
  files.set('infrastructure/catalog-info.yaml', text);
}

/** Texts by the object that they were rendered from: most states of a history share most objects. */
class RenderedTexts<Source extends object> {
  readonly #texts = new WeakMap<Source, string>();

  of(source: Source, render: () => string): string {
    const known = this.#texts.get(source);
    if (known !== undefined) return known;
    const text = render();
    this.#texts.set(source, text);
    return text;
  }
}

/** A component, an API or a list of resources belongs to one system and never changes; its text depends on it alone. */
const rendered = {
  api: new RenderedTexts<Api>(),
  jenkins: new RenderedTexts<Component>(),
  argocd: new RenderedTexts<Component>(),
  infrastructure: new RenderedTexts<readonly Resource[]>(),
};
