/** Has the browser save a text as a file. */
export function saveFile(name: string, text: string, mediaType: string) {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its copy by the time that anything else runs.
  setTimeout(() => URL.revokeObjectURL(url));
}
