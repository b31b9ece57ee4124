import { join } from 'node:path';
import ts from 'typescript';
import { goldenPathsFolder } from '../golden-path-files.ts';
import type { Manifest } from './kubernetes-security.ts';

/**
 * What Kubernetes' own schemas say against a manifest: a wrong type, or a required field that is missing. They allow
 * unknown fields: see {@link fieldFindings}.
 */
export async function schemaFindings(manifest: Manifest): Promise<string[]> {
  const module = (await import(modulePath(manifest))) as Record<string, ModelClass>;
  const Model = module[manifest.kind];
  if (Model === undefined) return [`no model of ${manifest.kind}`];
  try {
    new Model(manifest).validate();
    return [];
  } catch (error) {
    return [String(error)];
  }
}

type ModelClass = new (data: unknown) => { validate(): void };

const modulePath = ({ apiVersion, kind }: Manifest) => `kubernetes-models/${apiVersion}/${kind}`;

/**
 * What the compiler says of manifests as values of the types of `kubernetes-models`, which know all fields: one that
 * is misspelt is an error, as it is not for the schemas.
 */
export function fieldFindings(manifests: readonly Manifest[]): string[] {
  const path = join(goldenPathsFolder, 'src', 'manifests.virtual.ts');
  const source = manifests
    .map(
      (manifest) =>
        `(${JSON.stringify(manifest)}) satisfies import('${modulePath(manifest)}').I${manifest.kind};\n`,
    )
    .join('');
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const readFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, target) =>
    name === path ? ts.createSourceFile(name, source, target) : readFile(name, target);
  const program = ts.createProgram([path], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
