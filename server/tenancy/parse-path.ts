export type PathResult =
  /** `collapsed` differs from the path when it held empty segments ("//"): a redirect leads there. */
  | { readonly ok: true; readonly path: string; readonly collapsed: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

const MAX_PATH = 2048;

/**
 * Reads a request's path and refuses what two readers could understand differently: encoded slashes, dot
 * segments, NUL, and bytes that are not UTF-8. Source: RFC 3986 §3.3, §6.2.2.
 */
export function parsePath(path: string): PathResult {
  if (!path.startsWith('/')) return refuse('path_invalid', 'The path does not begin with "/".');
  if (path.length > MAX_PATH)
    return refuse('path_too_long', `The path has ${path.length} characters; at most ${MAX_PATH} are taken.`);
  if (/%(?![0-9a-fA-F]{2})/.test(path))
    return refuse('path_encoding', 'The path has a "%" that is not followed by two hexadecimal digits.');
  if (/%2f|%5c|\\/i.test(path))
    return refuse(
      'path_encoded_slash',
      'The path has an encoded slash or a backslash. Use plain "/" between segments.',
    );
  const decoded = decode(path);
  if (decoded === null) return refuse('path_encoding', 'The path is not valid UTF-8.');
  if (/[\u0000-\u001f\u007f]/.test(decoded))
    return refuse('path_control_character', 'The path has a NUL or another control character.');
  if (decoded.split('/').some((segment) => segment === '.' || segment === '..')) {
    return refuse('path_dot_segment', 'The path has a "." or ".." segment. Ask for the resulting path itself.');
  }
  return { ok: true, path, collapsed: path.replace(/\/{2,}/g, '/') };
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function refuse(code: string, message: string): PathResult {
  return { ok: false, code, message };
}
