/** What stands in front of the host of a URL, also where it is written in a way that no parser takes. */
const USER_INFO = /^(\s*[a-z][a-z\d+.-]*:[/\\]{2,}).*@/is;

/**
 * A URL as everybody may see it: without user name and password. Everything else, such as a path, comes back as it is;
 * so does the user name of an SSH URL, which is no secret.
 */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return url.replace(USER_INFO, '$1');
  const parsed = new URL(url);
  const { protocol, username, password } = parsed;
  // Over HTTP a user name alone may be a token; over SSH it is `git`.
  if (password === '' && !(protocol.startsWith('http') && username !== '')) return url;
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}

/** A text that may quote URLs, such as what a program complains of, without any user name and password in them. */
export function withoutPasswords(text: string): string {
  return text.replace(/(?<=:\/\/)[^\s/]*@/g, '');
}
