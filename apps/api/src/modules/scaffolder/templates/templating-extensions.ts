import type { EndpointReply, listTemplatingExtensions } from '@waymark/contracts';

/** What templates have beside Nunjucks itself; see `packages/templating`. */
export const templatingExtensions: EndpointReply<typeof listTemplatingExtensions> = {
  filters: {
    parseRepoUrl: {
      description:
        'Takes the value of a RepoUrlPicker apart: host, owner, repo, organization, workspace, project.',
    },
    projectSlug: { description: 'Gives owner/repo for the value of a RepoUrlPicker.' },
    parseEntityRef: {
      description:
        'Takes a reference to an entity apart: kind, namespace, name. An argument gives defaultKind and defaultNamespace.',
    },
    pick: { description: 'Gives the part of a value at a path such as metadata.name.' },
  },
  globals: {
    functions: {
      always: { description: 'In the if of a step: run it also after another has failed.' },
      failure: { description: 'In the if of a step: run it only after another has failed.' },
    },
    values: {},
  },
};
