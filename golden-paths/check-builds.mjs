import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { goldenPathNames } from './src/golden-path-files.ts';
import { renderProject } from './src/render-project.ts';
import { sampleAnswers } from './src/sample-answers.ts';

/*
 * Makes every project that the tests know, and does to each what its own pipeline does: install, check, build, test.
 * What this machine has no tool for is skipped, and said at the end.
 *
 * Usage: node golden-paths/check-builds.mjs [template …]
 *        node golden-paths/check-builds.mjs --project <folder of a project that was made elsewhere>
 */

/** @typedef {{ command: string[], needs?: () => string | undefined }} Step */

const isThere = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** The first Python that has what the service imports, which may not be the first one in the PATH. */
const modules = 'fastapi, httpx, prometheus_client, pytest, uvicorn';
const python = ['python3', '/usr/bin/python3'].find((one) => isThere(one, '-c', `import ${modules}`));
const needsPython = () => (python ? undefined : `Python with ${modules}`);
const pythonTool = (name) => () =>
  python && isThere(python, '-m', name, '--version') ? undefined : `Python's ${name}`;
const needsGo = () => (isThere('go', 'version') ? undefined : 'go');
const needsDocker = () => (isThere('docker', 'info') ? undefined : 'a running Docker');

const npmSteps = [
  { command: ['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts'] },
  { command: ['npm', 'run', 'check'] },
  { command: ['npm', 'test'] },
];
/** @type {Record<string, Step[]>} what the pipeline of a project with this file does */
const pipelines = {
  'package.json': npmSteps,
  'requirements.txt': [
    // The packages of a distribution may lack types; those of requirements.txt have them.
    {
      command: [python ?? '', '-m', 'mypy', '--config-file', 'pyproject.toml', '--ignore-missing-imports'],
      needs: pythonTool('mypy'),
    },
    {
      command: [python ?? '', '-m', 'ruff', 'format', '--check'],
      needs: pythonTool('ruff'),
    },
    { command: [python ?? '', '-m', 'ruff', 'check'], needs: pythonTool('ruff') },
    { command: [python ?? '', '-m', 'pytest', '-q'], needs: needsPython },
  ],
  'go.mod': [
    { command: ['gofmt', '-d', '-e', '.'], needs: needsGo },
    { command: ['go', 'vet', './...'], needs: needsGo },
    { command: ['go', 'test', './...'], needs: needsGo },
    { command: ['go', 'build', '-o', '/dev/null', '.'], needs: needsGo },
  ],
};
/** @type {Step[]} */
const imageSteps = [{ command: ['docker', 'build', '--quiet', '.'], needs: needsDocker }];

const [option, project] = process.argv.slice(2);
const wanted = option === '--project' ? [] : process.argv.slice(2);
const templates = goldenPathNames.filter((name) => wanted.length === 0 || wanted.includes(name));
const root = mkdtempSync(join(tmpdir(), 'golden-paths-'));
const counts = { passed: 0, failed: 0 };
const skipped = new Map();

try {
  if (option === '--project') check(project, project);
  else
    for (const template of templates) {
      for (const [answers, values] of Object.entries(sampleAnswers[template])) {
        check(`${template}, ${answers}`, written(renderProject(template, values)));
      }
    }
} finally {
  rmSync(root, { recursive: true, force: true });
}
for (const [need, titles] of skipped) {
  console.log(`SKIPPED for want of ${need}:\n${titles.map((title) => `  ${title}`).join('\n')}`);
}
const skippedCount = [...skipped.values()].flat().length;
console.log(`${counts.passed} passed, ${counts.failed} failed, ${skippedCount} skipped`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;

function written(files) {
  const folder = mkdtempSync(join(root, 'project-'));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function check(title, folder) {
  const has = (path) => existsSync(join(folder, path));
  const steps = [
    ...Object.entries(pipelines).flatMap(([path, list]) => (has(path) ? list : [])),
    ...(has('Dockerfile') ? imageSteps : []),
  ];
  for (const { command, needs } of steps)
    runStep(`${title}: ${command.join(' ')}`, { command, needs, folder });
  if (folder !== project) rmSync(folder, { recursive: true });
}

function runStep(title, { command: [program, ...args], needs, folder }) {
  const need = needs?.();
  if (need !== undefined) {
    skipped.set(need, [...(skipped.get(need) ?? []), title]);
    return;
  }
  try {
    const output = execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    // gofmt tells by its output alone.
    if (program === 'gofmt' && output !== '')
      throw Object.assign(new Error('not formatted'), { stdout: output });
    counts.passed += 1;
    console.log(`passed  ${title}`);
  } catch (error) {
    counts.failed += 1;
    console.log(`FAILED  ${title}\n${error.stdout ?? ''}${error.stderr ?? ''}${error.message}`);
  }
}
