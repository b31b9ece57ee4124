import type { Entity, ScaffolderProblem } from '@waymark/contracts';
import { z } from 'zod';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { JsonObject, JsonValue } from '../engine/json.ts';

const jsonObject = z.record(z.string(), z.json());

const stepSchema = z.looseObject({
  id: z.string().min(1).max(200).optional(),
  name: z.string().max(500).optional(),
  action: z.string().min(1).max(200),
  input: jsonObject.nullish(),
  if: z.union([z.string(), z.boolean()]).optional(),
  each: z.union([z.string(), z.array(z.json()), jsonObject]).optional(),
  'backstage:permissions': z.looseObject({ tags: z.array(z.string()).optional() }).optional(),
});

const specSchema = z.looseObject({
  type: z.string().min(1),
  owner: z.string().optional(),
  parameters: z.union([z.array(jsonObject), jsonObject]).nullish(),
  secrets: z.looseObject({ schema: jsonObject.optional() }).nullish(),
  steps: z.array(stepSchema).min(1).max(200),
  output: jsonObject.nullish(),
  presentation: jsonObject.nullish(),
  formDecorators: z.array(jsonObject).nullish(),
  EXPERIMENTAL_formDecorators: z.array(jsonObject).nullish(),
});

/** A step as it is recorded with a run: with an id and a name in any case. */
export interface TemplateStep {
  id: string;
  name: string;
  action: string;
  input: JsonObject;
  if?: string | boolean;
  each?: string | JsonValue[] | JsonObject;
}

/** A template of the version `scaffolder.backstage.io/v1beta3`, read and complete. */
export interface TemplateDefinition {
  name: string;
  title: string;
  description: string | undefined;
  tags: string[];
  type: string;
  owner: string | undefined;
  /** Forms, each a JSON Schema with `ui:` keys. */
  pages: JsonObject[];
  secretsSchema: JsonObject | undefined;
  steps: TemplateStep[];
  output: JsonObject;
  presentation: JsonObject | undefined;
  formDecorators: JsonObject[] | undefined;
}

/** Version of the format that is understood. */
export const TEMPLATE_API_VERSION = 'scaffolder.backstage.io/v1beta3';

/** The definition in a Template entity, or what is wrong with it. */
export function readTemplate(
  entity: Entity,
): { template: TemplateDefinition } | { problems: ScaffolderProblem[] } {
  if (entity.apiVersion !== TEMPLATE_API_VERSION) {
    return {
      problems: [
        {
          code: 'template.version',
          message: `The template has the version ${entity.apiVersion}, which is not understood.`,
          hint: `Write it for ${TEMPLATE_API_VERSION}.`,
          at: 'apiVersion',
        },
      ],
    };
  }
  const parsed = specSchema.safeParse(entity.spec);
  if (!parsed.success) return { problems: parsed.error.issues.map(specProblem) };
  const { metadata } = entity;
  const { type, owner, parameters, secrets, steps, output, presentation, formDecorators, ...rest } =
    parsed.data;
  return {
    template: {
      name: metadata.name,
      title: metadata.title ?? metadata.name,
      description: metadata.description,
      tags: metadata.tags ?? [],
      ...{ type, owner },
      pages: [parameters ?? []].flat(),
      secretsSchema: secrets?.schema,
      steps: steps.map(completeStep),
      output: output ?? {},
      presentation: presentation ?? undefined,
      formDecorators: formDecorators ?? rest.EXPERIMENTAL_formDecorators ?? undefined,
    },
  };
}

/** @throws AppError `scaffolder.template-unusable` with every problem */
export function demandTemplate(entity: Entity): TemplateDefinition {
  const read = readTemplate(entity);
  if ('template' in read) return read.template;
  throw unusable(read.problems);
}

/** The refusal of a template, naming everything that is wrong with it. */
export function unusable(problems: readonly ScaffolderProblem[]): AppError {
  return new AppError(
    'scaffolder.template-unusable',
    problems.map(({ message, hint }) => `${message} ${hint}`).join(' '),
    { issues: problems.map(({ at, message }) => ({ path: at ?? 'template', message })) },
  );
}

function completeStep(
  { id, name, action, input, ...step }: z.output<typeof stepSchema>,
  index: number,
): TemplateStep {
  return {
    id: id ?? `step-${index + 1}`,
    name: name ?? action,
    action,
    input: input ?? {},
    ...(step.if === undefined ? {} : { if: step.if }),
    ...(step.each === undefined ? {} : { each: step.each }),
  };
}

function specProblem({ path, message }: z.core.$ZodIssue): ScaffolderProblem {
  const at = ['spec', ...path].join('.');
  return {
    code: 'template.shape',
    message: `${at}: ${message}.`,
    hint: 'Correct it in the file of the template.',
    at,
  };
}
