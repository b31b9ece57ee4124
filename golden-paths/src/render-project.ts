import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRef } from '@waymark/catalog-model';
import { createSkeletonRenderer, createTemplateFilters, renderValues } from '@waymark/templating/rendering';
import { createTemplateRenderer, type TemplateValue } from 'nunjitsu';
import { parse } from 'yaml';
import { goldenPathsFolder, readTextFiles, type GoldenPathName, type TextFile } from './golden-path-files.ts';

/** What a form sends: a value for each field. */
export type Answers = Record<string, TemplateValue>;

/** What every form asks for. */
export type NamedAnswers = Answers & { name: string };

/** One page of a form, as far as the tests look at it. */
export interface FormPage {
  title: string;
  description: string;
  required?: string[];
  properties: Record<string, { title?: string; default?: TemplateValue; [keyword: string]: unknown }>;
}

/** One step, as far as the tests look at it. */
export interface TemplateStep {
  id: string;
  name: string;
  action: string;
  if?: string;
  input: { url: string } & Record<string, TemplateValue>;
}

/** A `template.yaml`. */
export interface TemplateDescriptor {
  apiVersion: string;
  kind: string;
  metadata: { name: string; title: string; description: string; tags: string[] };
  spec: {
    type: string;
    owner?: string;
    parameters: FormPage[];
    steps: TemplateStep[];
    output: { links: { title: string; url?: string; entityRef?: string }[]; text: unknown[] };
  };
}

const filters = createTemplateFilters({
  hostTypeOf: (host) => ({ 'github.com': 'github' as const, 'gitlab.com': 'gitlab' as const })[host],
  parseRef,
});

export function readTemplate(name: GoldenPathName): TemplateDescriptor {
  return parse(readFileSync(join(templateFolder(name), 'template.yaml'), 'utf8')) as TemplateDescriptor;
}

export function templateFolder(name: GoldenPathName): string {
  return join(goldenPathsFolder, 'templates', name);
}

/** Renders what a template writes before it publishes, from a form with these answers and the defaults of the rest. */
export function renderProject(name: GoldenPathName, answers: Answers): TextFile[] {
  const { spec } = readTemplate(name);
  const renderer = createTemplateRenderer({ filters });
  const context = renderer.prepareContext({ parameters: { ...defaultsOf(spec.parameters), ...answers } });
  const valueOf = (value: TemplateValue) => renderValues(value, { renderer, context });
  return spec.steps
    .filter((step) => step.action === 'fetch:template')
    .filter((step) => step.if === undefined || Boolean(valueOf(step.if)))
    .flatMap((step) => renderSkeleton(name, valueOf(step.input) as unknown as FetchInput));
}

interface FetchInput {
  url: string;
  copyWithoutTemplating?: string[];
  values: Record<string, TemplateValue>;
}

function renderSkeleton(name: GoldenPathName, { url, ...options }: FetchInput): TextFile[] {
  const skeleton = createSkeletonRenderer(options, { filters });
  return readTextFiles(join(templateFolder(name), url)).flatMap(({ path, text }) => {
    const rendered = skeleton.render({ path, bytes: new TextEncoder().encode(text) });
    return rendered ? [{ path: rendered.path, text: new TextDecoder().decode(rendered.bytes) }] : [];
  });
}

/** The portal's form fills these in before anything is sent. */
function defaultsOf(pages: readonly FormPage[]): Answers {
  return Object.fromEntries(
    pages
      .flatMap(({ properties }) => Object.entries(properties))
      .flatMap(([name, schema]) => (schema.default === undefined ? [] : [[name, schema.default] as const])),
  );
}
