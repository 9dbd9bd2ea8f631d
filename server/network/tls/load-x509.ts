/**
 * Loads the library that makes certificates. It costs a sixth of a second, so it is loaded when the first one is made.
 * Its dependency container wants `reflect-metadata` before it.
 */
type X509 = typeof import('@peculiar/x509');

let loaded: Promise<X509> | undefined;

export function loadX509(): Promise<X509> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<X509> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}
