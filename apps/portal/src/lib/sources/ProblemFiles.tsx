import type { SourceProblem } from '@waymark/contracts';
import { countText, Panel, StatusLabel, type StatusTone } from '@waymark/ui';
import { EntityLink } from '../entities/EntityLink.tsx';
import styles from './ProblemFiles.module.css';

/** How the levels of problems are called. */
export const levelWords: Record<SourceProblem['level'], { one: string; many: string; tone: StatusTone }> = {
  error: { one: 'Error', many: 'Errors', tone: 'bad' },
  warning: { one: 'Warning', many: 'Warnings', tone: 'warning' },
  info: { one: 'Note', many: 'Notes', tone: 'info' },
};

/** Problems by file: line, level, what is wrong and what to do. */
export function ProblemFiles({ problems }: { problems: readonly SourceProblem[] }) {
  return (
    <div className={styles.files}>
      {byFile(problems).map(([path, inFile]) => (
        <FileProblems key={path} path={path} problems={inFile} />
      ))}
    </div>
  );
}

function FileProblems({ path, problems }: { path: string; problems: SourceProblem[] }) {
  return (
    <Panel title={path} count={countText(problems.length, 'problem')} isFlush>
      <ul className={styles.list}>
        {problems.map((problem, index) => (
          <li key={index} className={styles.problem}>
            <span className={styles.place}>
              {problem.line}
              {problem.column !== undefined && `:${problem.column}`}
            </span>
            <span className={styles.state}>
              <StatusLabel tone={levelWords[problem.level].tone}>{levelWords[problem.level].one}</StatusLabel>
            </span>
            <div className={styles.words}>
              <div className={styles.message}>{problem.message}</div>
              <div className={styles.hint}>{problem.hint}</div>
              <div className={styles.facts}>
                <code>{problem.code}</code>
                {problem.field && <code>{problem.field}</code>}
                {problem.documentIndex !== undefined && problem.documentIndex > 0 && (
                  <span>document {problem.documentIndex + 1}</span>
                )}
                {problem.entityRef && <EntityLink entityRef={problem.entityRef} hasIcon isQuiet />}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Problems by file, in the order in which the server names the files. */
function byFile(problems: readonly SourceProblem[]): [string, SourceProblem[]][] {
  const files = new Map<string, SourceProblem[]>();
  for (const problem of problems) {
    const inFile = files.get(problem.path);
    if (inFile) inFile.push(problem);
    else files.set(problem.path, [problem]);
  }
  return [...files];
}
