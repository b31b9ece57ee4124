/** Longest address that the server takes. */
const maxLength = 2000;

/** What is wrong with an address before the server is asked, in words, or undefined. */
export function targetProblem(text: string): string | undefined {
  const target = text.trim();
  if (target === '') return 'Paste the address of a repository or of a catalog-info.yaml.';
  if (target.length > maxLength) return `This address is longer than ${maxLength} characters.`;
  const ssh = /^(?:ssh:\/\/)?git@([^:/]+)[:/](.+?)(?:\.git)?$/.exec(target);
  if (ssh) return `The server reads over https: try https://${ssh[1]}/${ssh[2]}`;
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url === undefined) {
    return /^[\w-]+(\.[\w-]+)+\//.test(target)
      ? `Write the whole address, beginning with https://: https://${target}`
      : 'This is no address. It begins with https://, as in the address bar of the browser.';
  }
  if (!['http:', 'https:'].includes(url.protocol)) {
    return `Addresses that begin with ${url.protocol} are for the configuration file only. Use the https address.`;
  }
  if (url.username !== '' || url.password !== '') {
    return 'Leave the user name and password out of the address: tokens belong into the configuration.';
  }
  return undefined;
}
