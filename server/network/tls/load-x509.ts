/**
 * Loads the library that makes certificates. It costs a sixth of a second, so it is loaded when the first one is made.
 *
 * Its dependency container (tsyringe) asks `Reflect` which constructor arguments were declared by decorators; no class of
 * the library has any, so the answer is always "none". Node has no such functions, and without them the container throws.
 */
type X509 = typeof import('@peculiar/x509');

let loaded: Promise<X509> | undefined;

export function loadX509(): Promise<X509> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<X509> {
  const reflection = Reflect as { getMetadata?: unknown; getOwnMetadata?: unknown };
  const none = () => undefined;
  reflection.getMetadata ??= none;
  reflection.getOwnMetadata ??= none;
  return import('@peculiar/x509');
}
