import { isBinaryFileSync } from 'isbinaryfile';
import {
  createTemplateRenderer,
  type PreparedTemplateContext,
  type TemplateFilter,
  type TemplateRenderer,
  type TemplateRenderLimits,
  type TemplateValue,
} from 'nunjitsu';
import picomatch from 'picomatch';
import { explainRenderFailure } from './render-values.ts';
import { TemplateProblemError, type TemplateProblem } from './template-problem.ts';

/** How `fetch:template` treats a skeleton; the names are those of its input. */
export interface SkeletonOptions {
  values: Record<string, TemplateValue>;
  /** Globs of what is copied as it is, under a rendered name. */
  copyWithoutTemplating?: readonly string[];
  /** The older form: the name is not rendered either. Not together with the other. */
  copyWithoutRender?: readonly string[];
  /** Only files with this ending are rendered, and lose it; `true` is `.njk`. */
  templateFileExtension?: boolean | string;
  /** `{{ cookiecutter.name }}` instead of `${{ values.name }}`. */
  cookiecutterCompat?: boolean;
  trimBlocks?: boolean;
  lstripBlocks?: boolean;
}

export interface SkeletonEnvironment {
  filters: Record<string, TemplateFilter>;
  limits?: Partial<TemplateRenderLimits>;
}

/** A file with its path from the root of the skeleton, or of the workspace when it is rendered. */
export interface SkeletonFile {
  path: string;
  bytes: Uint8Array;
}

/** Renders the files of one skeleton, one at a time; undefined for what its name leaves out. */
export interface SkeletonRenderer {
  /** @throws TemplateProblemError with the file, and the line where the engine tells one */
  render(file: SkeletonFile): SkeletonFile | undefined;
  /** The rendered path of a folder that may be empty, or of a link. */
  renderPath(path: string): string | undefined;
}

const defaultExtension = '.njk';

/**
 * Prepares the rendering of a skeleton by the rules of Backstage's `fetch:template`: names are rendered like contents,
 * a name that becomes empty, begins with a slash or has two of them in a row leaves its file out, binary files are
 * copied.
 *
 * @throws TemplateProblemError when two options exclude each other
 */
export function createSkeletonRenderer(
  options: SkeletonOptions,
  environment: SkeletonEnvironment,
): SkeletonRenderer {
  const { copyWithoutTemplating = [], copyWithoutRender = [], values, cookiecutterCompat = false } = options;
  checkOptions(options);
  const extension = extensionOf(options.templateFileExtension);
  const renderer = createTemplateRenderer({
    filters: { ...environment.filters, ...(cookiecutterCompat && { jsonify: toJson }) },
    cookiecutterCompat,
    trimBlocks: options.trimBlocks ?? false,
    lstripBlocks: options.lstripBlocks ?? false,
  });
  const context = renderer.prepareContext(cookiecutterCompat ? { cookiecutter: values } : { values });
  const engine: Engine = { renderer, context, limits: environment.limits };
  const isCopied = matcherOf([...copyWithoutTemplating, ...copyWithoutRender]);
  const hasOwnName = matcherOf(copyWithoutRender);
  const placeOf = (path: string) => (hasOwnName(path) ? path : renderName(path, engine));

  return {
    render({ path, bytes }) {
      const isTemplate = extension === undefined ? !isCopied(path) : path.endsWith(extension);
      const place = placeOf(extension !== undefined && isTemplate ? path.slice(0, -extension.length) : path);
      if (place === undefined) return undefined;
      if (!isTemplate || isBinaryFileSync(Buffer.from(bytes))) return { path: place, bytes };
      const text = renderOrExplain(new TextDecoder().decode(bytes), path, engine);
      return { path: place, bytes: new TextEncoder().encode(text) };
    },
    renderPath: placeOf,
  };
}

interface Engine {
  renderer: TemplateRenderer;
  context: PreparedTemplateContext;
  limits: Partial<TemplateRenderLimits> | undefined;
}

function renderName(path: string, engine: Engine): string | undefined {
  const name = renderOrExplain(path, path, engine);
  if (name === '' || name.startsWith('/') || name.includes('//')) return undefined;
  const isOutside = name.includes('\0') || name.includes('\\') || name.split('/').some(isReserved);
  if (isOutside) {
    throw new TemplateProblemError({
      ...{ code: 'template.bad-path', file: path },
      message: `The name becomes ${JSON.stringify(name)}, which is no place in the workspace.`,
      hint: 'Keep values that name files free of "..", backslashes and ".git".',
    });
  }
  return name;
}

/** Segments that lead out of the workspace or into the repository's own data, on any file system. */
function isReserved(segment: string): boolean {
  return segment === '.' || segment === '..' || segment.toLowerCase() === '.git';
}

function renderOrExplain(source: string, file: string, { renderer, context, limits }: Engine): string {
  try {
    return renderer.render(source, context, limits === undefined ? {} : { limits });
  } catch (error) {
    throw new TemplateProblemError({ ...explainRenderFailure(error), file });
  }
}

function checkOptions(options: SkeletonOptions): void {
  const refuse = (message: string, hint: string): never => {
    const problem: TemplateProblem = { code: 'template.options', message, hint };
    throw new TemplateProblemError(problem);
  };
  if (options.copyWithoutTemplating !== undefined && options.copyWithoutRender !== undefined) {
    refuse(
      'copyWithoutTemplating and copyWithoutRender cannot be given together.',
      'Keep copyWithoutTemplating.',
    );
  }
  if (extensionOf(options.templateFileExtension) === undefined) return;
  if (options.copyWithoutTemplating !== undefined || options.copyWithoutRender !== undefined) {
    refuse(
      'templateFileExtension already says which files are rendered.',
      'Remove copyWithoutTemplating or templateFileExtension.',
    );
  }
  if (options.cookiecutterCompat === true) {
    refuse(
      'templateFileExtension and cookiecutterCompat cannot be given together.',
      'Remove one of the two.',
    );
  }
}

function extensionOf(option: boolean | string | undefined): string | undefined {
  if (option === undefined || option === false || option === '') return undefined;
  return option === true ? defaultExtension : option;
}

function matcherOf(globs: readonly string[]): (path: string) => boolean {
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true });
}

const toJson: TemplateFilter = (value) => JSON.stringify(value ?? null);
