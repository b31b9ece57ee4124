/** Saves a text or a picture as a file. */
export function downloadFile(content: Blob, name: string) {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the content by the next turn; until then the address must hold.
  setTimeout(() => URL.revokeObjectURL(address));
}
