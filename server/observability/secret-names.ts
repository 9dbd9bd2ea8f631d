/** Which names stand for secrets. What is recorded is shown, written to disk and sent on: too much masked is better than too little. */

/** Stands for what is not shown. */
export const MASK = '…';

/** Words of which one is enough, as in `card.number`, `user[pass]` and `sessionId`. */
const WORDS =
  /^(pass|pwd|passwd|passphrase|password|passcode|secret|secrets|token|tokens|jwt|bearer|authorization|auth|cookie|card|pan|cvc|cvv|csc|iban|csrf|xsrf|session|sid|otp|pin|nonce|credential|credentials|signature|dsn)$/;
/** Anywhere in a name that is not parted into words, as in `accesstoken` and `_csrftoken`. */
const PARTS =
  /password|passwd|passphrase|secret|token|apikey|privatekey|accesskey|creditcard|cardnumber|csrf|xsrf|sessionid|sessid|authorization|credential|databaseurl|connectionstring/;
const KEPT = 2000;
const known = new Map<string, boolean>();

/** True for a name whose value is not shown: of a header, a member of JSON, a field of a form, a parameter of a URL. */
export function isSecretName(name: string): boolean {
  const kept = known.get(name);
  if (kept !== undefined) return kept;
  const isSecret = name.length > 200 || judge(name);
  // Names come from clients: what is remembered is bounded.
  if (known.size >= KEPT) known.clear();
  known.set(name, isSecret);
  return isSecret;
}

function judge(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return words.some((word) => WORDS.test(word)) || PARTS.test(words.join(''));
}
