/** Shown first: what most shops sell in. */
const COMMON = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'JPY', 'CAD', 'AUD'];

let options: readonly { readonly value: string; readonly label: string }[] | null = null;

/** Every currency with its name, the common ones first. Made once: asking for 160 names takes a moment. */
export function currencyOptions(): { value: string; label: string }[] {
  options ??= listOptions();
  return [...options];
}

function listOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  const others = Intl.supportedValuesOf('currency').filter((code) => !COMMON.includes(code));
  return [...COMMON, ...others].map((code) => ({ value: code, label: `${code} – ${names.of(code) ?? code}` }));
}
