export { type CurlCommand, curlCommand, MASKED, quote } from '../../../server/contract/curl.ts';
