import type { EditorFile } from './editor-file.ts';

const template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: my-template
  title: My template
  description: One sentence that says what it makes.
spec:
  type: service
  parameters:
    - title: About the service
      required: [name]
      properties:
        name:
          type: string
          title: Name
          description: Small letters, digits and dashes.
          pattern: ^[a-z][a-z0-9-]*$
          default: my-service
        summary:
          type: string
          title: Summary
          default: Says what it is for.
  steps:
    - id: files
      name: Write the files
      action: fetch:template
      input:
        url: ./skeleton
        values:
          name: \${{ parameters.name }}
          summary: \${{ parameters.summary }}
    - id: say
      name: Say what was made
      action: debug:log
      input:
        message: Made \${{ parameters.name }}
`;

const readme = `# \${{ values.name }}

\${{ values.summary }}
`;

const descriptor = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${{ values.name }}
  description: \${{ values.summary | dump }}
spec:
  type: service
  lifecycle: experimental
  owner: guests
`;

/** Which file describes the template. */
export const starterTemplatePath = 'template.yaml';

/** A small template that works, to begin with. */
export const starterFiles: EditorFile[] = [
  { path: 'skeleton/README.md', text: readme },
  { path: 'skeleton/catalog-info.yaml', text: descriptor },
  { path: starterTemplatePath, text: template },
].map(({ path, text }) => ({ path, content: { kind: 'text', text }, isExecutable: false }));
