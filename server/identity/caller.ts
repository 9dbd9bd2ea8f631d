/** How a caller was recognised: browsers send cookies along by themselves, nothing else does. */
export type Via = 'cookie' | 'bearer';

/** Who makes a request. */
export type Caller =
  | { readonly kind: 'anonymous' }
  /** The platform's administrator: the console in a browser, or the command line. */
  | { readonly kind: 'console'; readonly actor: string; readonly via: Via }
  /** Someone who works for a store. */
  | {
      readonly kind: 'staff';
      readonly via: Via;
      readonly userId: string;
      readonly email: string;
      readonly storeId: number;
      readonly role: string;
    };

export const ANONYMOUS: Caller = Object.freeze({ kind: 'anonymous' });
