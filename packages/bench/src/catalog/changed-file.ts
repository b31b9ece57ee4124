/** A file with one entity changed, and which one. */
export interface ChangedFile {
  text: string;
  /** Name of the component that has the new title. */
  component: string;
}

/**
 * Gives the last component of a generated file another title.
 * @throws Error when the file holds no component with a title
 */
export function retitleLastComponent(text: string, title: string): ChangedFile {
  const start = text.lastIndexOf('\nkind: Component\n');
  const document = text.slice(start);
  const component = /^ {2}name: (\S+)$/m.exec(document)?.[1];
  const changed = document.replace(/^ {2}title: .*$/m, `  title: ${title}`);
  if (start < 0 || component === undefined || changed === document) {
    throw new Error('The generated file has no component whose title could be changed.');
  }
  return { text: text.slice(0, start) + changed, component };
}
