/** Gives a text to the person as a file in the downloads folder. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address by the time this runs.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
