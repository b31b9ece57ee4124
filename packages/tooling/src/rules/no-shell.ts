import { createSelectorRule } from './selector-rule.ts';

const childProcess = '[source.value=/^(node:)?child_process$/]';

/**
 * Programs are started with `execFile` or `spawn` and a list of arguments. A shell would read what a user
 * wrote as commands.
 */
export const noShell = createSelectorRule({
  description: 'No shell between us and the programs that we start.',
  message: 'No shell: import execFile or spawn by name and give the arguments as a list.',
  selectors: [
    `ImportDeclaration${childProcess} > ImportSpecifier[imported.name=/^exec(Sync)?$/]`,
    // These would reach exec under a name that no selector can follow.
    `ImportDeclaration${childProcess} > ImportNamespaceSpecifier`,
    `ImportDeclaration${childProcess} > ImportDefaultSpecifier`,
    `ImportExpression${childProcess}`,
    'CallExpression[callee.name=/^(spawn|spawnSync|execFile|execFileSync)$/] Property[key.name="shell"]:not([value.value=false])',
  ],
});
