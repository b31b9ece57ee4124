import { IconHelpHexagon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { MessagePanel, SkeletonRows } from '@waymark/ui';
import { parseAsString, useQueryState } from 'nuqs';
import { Link } from 'react-router';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { parseRef, stringifyRef } from '../../lib/entities/entity-ref.ts';
import { kindInSentence, knownKinds } from '../../lib/entities/kind-words.ts';
import { Page } from '../../lib/page/Page.tsx';
import { paths } from '../../lib/paths.ts';
import { EntityPicker } from '../../lib/search/EntityPicker.tsx';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { readAsked } from './asked-ref.ts';
import { WhyAnswer } from './WhyAnswer.tsx';
import styles from './WhyPage.module.css';
import { whyQueries } from './why.queries.ts';

/** Answers for any reference or name why it is, or is not, in the catalog. */
export function WhyPage() {
  const [text, setText] = useQueryState(
    'ref',
    parseAsString.withOptions({ history: 'push', shallow: false }),
  );
  const asked = readAsked(text ?? '');
  return (
    <Page
      title="Why is it (not) here?"
      width="text"
      lead="Where an entity comes from, when it was last read, and what keeps it out if it is missing."
    >
      <div className={styles.page}>
        <EntityPicker
          label="Reference or name"
          placeholder="component:default/payments, or only a name"
          value={text ?? undefined}
          onChoose={(ref) => void setText(ref)}
          onText={(typed) => void setText(typed)}
        />
        {asked === undefined && (
          <MessagePanel
            icon={<IconHelpHexagon size={20} stroke={1.6} />}
            title="Ask about anything"
            size="inline"
          >
            Type a reference or a name, also one that the catalog does not have. An entity’s page has the same
            question among its actions.
          </MessagePanel>
        )}
        {asked?.isComplete === true && <Answer entityRef={asked.ref} />}
        {asked?.isComplete === false && <AnswerByName key={asked.name} name={asked.name} />}
      </div>
    </Page>
  );
}

function Answer({ entityRef }: { entityRef: string }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(whyQueries.answer(entityRef));
  const isSlow = useDelayed(isPending);
  if (error && !data) {
    return <ErrorPanel error={error} size="inline" onRetry={() => void refetch()} isRetrying={isFetching} />;
  }
  if (!data) return isSlow ? <SkeletonRows rows={5} columns={['70%']} label="Looking for reasons" /> : null;
  return <WhyAnswer why={data} />;
}

/** A name is not a reference: of what has it, which is meant; of what nothing has, as which kind. */
function AnswerByName({ name }: { name: string }) {
  const { data: refs, error, isPending, isFetching, refetch } = useQuery(whyQueries.namesakes(name));
  const isSlow = useDelayed(isPending);
  if (error) {
    return <ErrorPanel error={error} size="inline" onRetry={() => void refetch()} isRetrying={isFetching} />;
  }
  if (!refs) return isSlow ? <SkeletonRows rows={3} columns={['50%']} label="Looking for the name" /> : null;
  const [only, ...others] = refs;
  if (only !== undefined && others.length === 0) return <Answer entityRef={only} />;
  if (only !== undefined) {
    return (
      <Choices
        words={`${refs.length} things are called ${name}. Which do you mean?`}
        refs={refs}
        current={undefined}
      />
    );
  }
  const asComponent = stringifyRef(parseRef(name, { kind: 'component' }));
  const { many } = kindInSentence('component');
  return (
    <>
      <Choices
        words={`Nothing of any kind is called ${name}. This is the answer for ${many}; ask for another kind:`}
        refs={askableKinds.map((kind) => stringifyRef({ ...parseRef(name), kind }))}
        current={asComponent}
      />
      <Answer entityRef={asComponent} />
    </>
  );
}

const askableKinds = knownKinds.filter((kind) => kind !== 'location');

interface ChoicesProps {
  words: string;
  refs: string[];
  current: string | undefined;
}

function Choices({ words, refs, current }: ChoicesProps) {
  return (
    <nav aria-label="Which one" className={styles.choices}>
      <p className={styles.words}>{words}</p>
      <ul className={styles.choiceList}>
        {refs.map((ref) => (
          <li key={ref}>
            <Link
              to={paths.why(ref)}
              className={styles.choice}
              aria-current={ref === current ? 'true' : undefined}
            >
              {ref}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
