import { ApiError } from '@waymark/api-client';
import { useNavigate } from 'react-router';
import { randomUuid } from '../../../../lib/browser/random-uuid.ts';
import { paths } from '../../../../lib/paths.ts';
import { useStartRun, type RunRequest } from '../scaffolder-form.queries.ts';
import type { ServerIssue, Wizard } from '../use-wizard.ts';

/** Starts the run and goes to it. What the server refuses comes back to the fields. */
export function useStart(wizard: Wizard, request: RunRequest, visitId: string) {
  const start = useStartRun();
  const navigate = useNavigate();
  const run = () => {
    const key = keyFor(wizard, request);
    start.mutate(
      { ...request, key, visitId },
      {
        onSuccess: ({ id }) => {
          wizard.forget();
          void navigate(paths.run(id));
        },
        onError: (error) => wizard.setServerIssues(serverIssues(error)),
      },
    );
  };
  return { run, isPending: start.isPending || start.isSuccess, error: start.error };
}

/**
 * The key that makes starting safe to repeat. It stays while the answers do: whoever tries again after an error gets
 * the run that may have started. Other answers are another run.
 */
function keyFor(wizard: Wizard, { values, secrets }: RunRequest): string {
  const sentAs = JSON.stringify([values, Object.keys(secrets)]);
  const { draft } = wizard;
  const isOther = draft?.sentAs !== undefined && draft.sentAs !== sentAs;
  const key = draft === null || isOther ? randomUuid() : draft.key;
  wizard.noteSent(key, sentAs);
  return key;
}

/** What the server says of answers, by the path of the answer: `values/contact/name`. */
export function serverIssues(error: unknown): ServerIssue[] {
  if (!(error instanceof ApiError) || error.code !== 'scaffolder.values-invalid') return [];
  return error.issues.map(({ path, message }) => {
    const [root, ...rest] = path.split('/');
    const parts = rest.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    return { path: root === 'values' || root === 'secrets' ? parts : [path], message: asSentence(message) };
  });
}

function asSentence(message: string): string {
  const text = message.trim();
  if (text === '') return 'The server does not accept this.';
  return `The server says: ${text}${/[.!?]$/.test(text) ? '' : '.'}`;
}
