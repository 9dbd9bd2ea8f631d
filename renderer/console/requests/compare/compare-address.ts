/** The address of two requests side by side; `search` is the query string of the screen, whose filters stay. */
export function compareAddress(left: string, right: string, search: string): string {
  const params = new URLSearchParams(search);
  params.set('compare', right);
  return `/requests/${encodeURIComponent(left)}?${params}`;
}

/** The address of one request with the filters of the screen. */
export function requestAddress(requestId: string, search: string): string {
  const params = new URLSearchParams(search);
  params.delete('compare');
  return `/requests/${encodeURIComponent(requestId)}${params.size > 0 ? `?${params}` : ''}`;
}
