/**
 * The `User-Agent` with which this program asks itself: the doctor, and who tries names. Such requests are no traffic of a
 * shop; lists and figures leave them out, as they leave out the console's own.
 */
export const PROBE_AGENT = 'orion-probe';
