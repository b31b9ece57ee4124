import { ExternalLink } from '@waymark/ui';
import { Fragment } from 'react';

const address = /(https?:\/\/[^\s<>()]*[^\s<>().,;:!?])/;
const markdownLink = /\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/;

/** Explanations of a field. Addresses in them are links, written plainly or as in Markdown. */
export function HelpText({ texts }: { texts: readonly unknown[] }) {
  return texts.map((text, index) => (
    <Fragment key={index}>
      {index > 0 && ' '}
      <LinkedText text={String(text)} />
    </Fragment>
  ));
}

function LinkedText({ text }: { text: string }) {
  const link = markdownLink.exec(text);
  const plain = address.exec(text);
  const found = link && (!plain || link.index <= plain.index) ? link : plain;
  if (!found) return text;
  const url = found[2] ?? found[1] ?? '';
  return (
    <>
      {text.slice(0, found.index)}
      <ExternalLink url={url}>{found[1]}</ExternalLink>
      <LinkedText text={text.slice(found.index + found[0].length)} />
    </>
  );
}
