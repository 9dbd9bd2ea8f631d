const formatters = new Map<string, { readonly format: Intl.NumberFormat; readonly divisor: number }>();

/** `€1,234.50` from 123450. `minor` is in the currency's minor unit, which is a hundredth for most. Source: ISO 4217. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  const key = `${locale} ${currency}`;
  let found = formatters.get(key);
  if (!found) {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    found = { format, divisor: 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2) };
    formatters.set(key, found);
  }
  return found.format.format(minor / found.divisor);
}

/** `1234.50` from 123450: how APIs write an amount, as text. */
export function decimalMoney(minor: number, digits = 2): string {
  return (minor / 10 ** digits).toFixed(digits);
}

/** 123450 from `1234.50`; null when the text is no amount. Never goes through a fraction. */
export function parseMoney(text: string, digits = 2): number | null {
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return null;
  const fraction = match[2] ?? '';
  if (fraction.length > digits && /[1-9]/.test(fraction.slice(digits))) return null;
  return Number((match[1] ?? '0') + fraction.slice(0, digits).padEnd(digits, '0'));
}
