import styles from './Avatar.module.css';

export interface AvatarProps {
  /** Of the person or team; its initials stand where there is no picture. */
  name: string;
  /** An address that is safe to load; the caller decides. */
  picture?: string | undefined;
  /** Edge in pixels. */
  size?: number;
}

/** Face of a person or team. Always beside the name, so hidden from readers. */
export function Avatar({ name, picture, size = 28 }: AvatarProps) {
  const box = { width: size, height: size, fontSize: Math.round(size * 0.4) };
  if (picture !== undefined) {
    return <img src={picture} alt="" className={styles.avatar} style={box} loading="lazy" />;
  }
  return (
    <span className={styles.avatar} style={box} aria-hidden>
      {initialsOf(name)}
    </span>
  );
}

/** First letters of the first and the last word: "AL" for "Ada King Lovelace". */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    // By code point: a letter outside of the basic plane stays whole.
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase();
}
