/** Who makes a request. */
export type Caller =
  | { readonly kind: 'anonymous' }
  /** The platform's administrator: the console in a browser, or the command line. */
  | { readonly kind: 'console'; readonly actor: string }
  /** Someone who works for a store. */
  | {
      readonly kind: 'staff';
      readonly userId: string;
      readonly email: string;
      readonly storeId: number;
      readonly role: string;
    };

export const ANONYMOUS: Caller = Object.freeze({ kind: 'anonymous' });
