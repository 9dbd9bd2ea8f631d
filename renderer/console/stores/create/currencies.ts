/** Shown first: what most shops sell in. */
const COMMON = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'JPY', 'CAD', 'AUD'];

let options: { value: string; label: string }[] | null = null;

/**
 * Every currency with its name, the common ones first. Always the same array: asking for 160 names takes a moment,
 * and a list that is another one is drawn anew.
 */
export function currencyOptions(): { value: string; label: string }[] {
  options ??= listOptions();
  return options;
}

function listOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  const others = Intl.supportedValuesOf('currency').filter((code) => !COMMON.includes(code));
  return [...COMMON, ...others].map((code) => ({ value: code, label: `${code} – ${names.of(code) ?? code}` }));
}
