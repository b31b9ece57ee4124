import { parseCarefully, type YamlLimits } from './careful-yaml.ts';
import { isRecord } from './entity-ref.ts';
import { placeholderKeyOf, type PlaceholderKey } from './placeholder.ts';
import { escapeInvisible, maxFindings, quote, type FieldPath, type Finding } from './problem.ts';

/** The text of a file that a placeholder names, or why it could not be had. */
export type Reference = { text: string } | { message: string; hint: string };

/** Texts by what the placeholders say: a path or URL, exactly as it stands in the file. */
export type References = Readonly<Record<string, Reference>>;

/** A value with its placeholders replaced, and what was wrong with those that were not. */
export interface Substitution {
  value: unknown;
  findings: Finding[];
  /** What the placeholders name, each once, replaced or not. */
  targets: string[];
}

/**
 * Replaces placeholders as Backstage does: `$text` by the text, `$json` and `$yaml` by what the text says. What was
 * put in is not searched again. `$openapi` and `$asyncapi` give the text as it is. Without `references` nothing is
 * replaced and the targets are only listed.
 */
export function substitutePlaceholders(
  value: unknown,
  references: References | undefined,
  limits: YamlLimits,
): Substitution {
  const substitutor = new Substitutor(references, limits);
  const replaced = substitutor.visit(value, 0);
  return { value: replaced, findings: substitutor.findings, targets: [...substitutor.targets] };
}

class Substitutor {
  readonly findings: Finding[] = [];
  readonly targets = new Set<string>();
  private readonly references: References | undefined;
  private readonly limits: YamlLimits;
  private readonly path: string[] = [];

  constructor(references: References | undefined, limits: YamlLimits) {
    this.references = references;
    this.limits = limits;
  }

  /** Copies only what changes. Deeper than the limit nothing is looked at: the document is refused for that. */
  visit(value: unknown, depth: number): unknown {
    if (depth > this.limits.maxDepth) return value;
    if (Array.isArray(value)) return this.visitList(value, depth);
    if (!isRecord(value)) return value;
    const key = placeholderKeyOf(value);
    return key === undefined ? this.visitObject(value, depth) : this.replace(value, key);
  }

  private visitList(list: readonly unknown[], depth: number): unknown {
    const copy = list.map((item, index) => this.visitAt(String(index), item, depth));
    return copy.some((item, index) => item !== list[index]) ? copy : list;
  }

  private visitObject(object: Record<string, unknown>, depth: number): unknown {
    const entries = Object.entries(object).map(([key, child]): [string, unknown] => [
      key,
      this.visitAt(key, child, depth),
    ]);
    return entries.some(([key, child]) => child !== object[key]) ? Object.fromEntries(entries) : object;
  }

  private visitAt(key: string, value: unknown, depth: number): unknown {
    this.path.push(key);
    const visited = this.visit(value, depth + 1);
    this.path.pop();
    return visited;
  }

  private replace(value: Record<string, unknown>, key: PlaceholderKey): unknown {
    const target = value[key];
    if (typeof target !== 'string') {
      this.add(`${key} has to name a file, and ${quote(target)} is not a text.`, 'Write a path or a URL.');
      return value;
    }
    this.targets.add(target);
    if (this.references === undefined) return value;
    const reference = Object.hasOwn(this.references, target) ? this.references[target] : undefined;
    if (reference === undefined) return value;
    if ('message' in reference) {
      // It quotes the target, which is the author's.
      this.add(`${key} cannot be filled in: ${escapeInvisible(reference.message)}`, reference.hint);
      return value;
    }
    return this.contentOf(reference.text, target, key);
  }

  private contentOf(text: string, target: string, key: PlaceholderKey): unknown {
    if (key !== '$json' && key !== '$yaml') return text;
    const format = key === '$json' ? 'JSON' : 'YAML';
    const fail = (reason: string) => {
      this.add(
        `${key} cannot be filled in: ${quote(target)} is not one valid ${format} document (${reason}).`,
        `Correct that file, or use $text to take it as it is.`,
      );
      return { [key]: target };
    };
    if (key === '$json') {
      try {
        JSON.parse(text);
      } catch {
        return fail('it does not parse as JSON');
      }
    }
    // JSON is YAML, and this parser is the one that refuses what could not be stored unchanged.
    const { content, problems, locate } = parseCarefully(text, 1, this.limits);
    const problem = problems.find(({ level }) => level === 'error');
    if (problem) return fail(`line ${locate(problem.offset).line}: ${problem.message}`);
    return content?.value ?? null;
  }

  private add(message: string, hint: string): void {
    if (this.findings.length >= maxFindings) return;
    const path: FieldPath = [...this.path];
    this.findings.push({ level: 'error', code: 'entity.bad-placeholder', message, hint, path, at: 'value' });
  }
}
