import { numberText } from '@waymark/ui';
import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import styles from './Outline.module.css';

/** One thing that a definition defines: a type, a message, a service. */
export interface OutlineEntry {
  /** Unique in the definition; other entries link to it by this. */
  name: string;
  /** What it is, in a word. */
  kind: string;
  /** Text that a search finds the entry by, besides its name. */
  words: string;
  content: ReactNode;
}

const stepOfEntries = 100;

interface OutlineLinks {
  has: (name: string) => boolean;
  show: (name: string) => void;
}

const LinksContext = createContext<OutlineLinks>({ has: () => false, show: () => {} });

/** Everything that a definition defines: a list of names with a search, and the entries beside it. */
export function Outline({ entries, label }: { entries: readonly OutlineEntry[]; label: string }) {
  const [term, setTerm] = useState('');
  const [shown, setShown] = useState(stepOfEntries);
  const lower = term.trim().toLowerCase();
  const found = entries.filter(({ name, words }) => `${name} ${words}`.toLowerCase().includes(lower));
  const links = useMemo((): OutlineLinks => {
    const places = new Map(entries.map(({ name }, index) => [name, index]));
    return {
      has: (name) => places.has(name),
      show: (name) => {
        // Before the browser follows the link, its target has to be on the page.
        flushSync(() => {
          setTerm('');
          setShown((count) => Math.max(count, (places.get(name) ?? 0) + 1));
        });
      },
    };
  }, [entries]);
  return (
    <LinksContext value={links}>
      <section className={styles.outline} aria-label={label}>
        <nav className={styles.navigation} aria-label={`Contents of the ${label.toLowerCase()}`}>
          <input
            type="search"
            data-page-filter
            className={styles.search}
            value={term}
            placeholder="Find a name or a field"
            aria-label="Find a name or a field"
            onChange={(event) => setTerm(event.currentTarget.value)}
          />
          <ul className={styles.names}>
            {found.map(({ name, kind }) => (
              <li key={name}>
                <OutlineLink name={name} className={styles.name}>
                  <span>{name}</span>
                  <span className={styles.kind}>{kind}</span>
                </OutlineLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.entries}>
          {found.slice(0, shown).map(({ name, kind, content }) => (
            <article key={name} id={anchorOf(name)} className={styles.entry}>
              <header className={styles.entryHeader}>
                <h2 className={styles.entryName}>{name}</h2>
                <span className={styles.kind}>{kind}</span>
              </header>
              {content}
            </article>
          ))}
          {found.length === 0 && (
            <p className={styles.none}>Nothing here has “{term}” in its name or fields.</p>
          )}
          {found.length > shown && (
            <button type="button" className={styles.more} onClick={() => setShown(shown + stepOfEntries)}>
              Show more of {numberText(found.length)}
            </button>
          )}
        </div>
      </section>
    </LinksContext>
  );
}

function anchorOf(name: string): string {
  return `definition-${name}`;
}

/** A link to an entry of the same outline. */
function OutlineLink({
  name,
  className,
  children,
}: {
  name: string;
  className?: string | undefined;
  children: ReactNode;
}) {
  const { show } = use(LinksContext);
  return (
    <a href={`#${encodeURIComponent(anchorOf(name))}`} className={className} onClick={() => show(name)}>
      {children}
    </a>
  );
}

/** A type as it is written, with the names in it that the outline knows as links. */
export function TypeText({
  text,
  resolve = (name) => name,
}: {
  text: string;
  resolve?: (name: string) => string;
}) {
  const { has } = use(LinksContext);
  return (
    <code className={styles.type}>
      {text.split(/([\w.]+)/).map((part, index) => {
        const target = resolve(part);
        return index % 2 === 1 && has(target) ? (
          <OutlineLink key={index} name={target} className={styles.typeLink}>
            {part}
          </OutlineLink>
        ) : (
          <span key={index}>{part}</span>
        );
      })}
    </code>
  );
}
