/** The URL as everybody may see it: in annotations, for example. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return url;
  const { protocol, password } = new URL(url);
  // Over HTTP a user name alone may be a token; over SSH it is `git`.
  return protocol.startsWith('http') || password !== '' ? url.replace(/\/\/[^@/]*@/, '//') : url;
}
