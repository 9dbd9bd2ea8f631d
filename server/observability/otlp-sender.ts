/** Speaks OTLP over HTTP. Loaded only where traces are sent: the packages below take time and memory. */
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { TraceSender } from './otlp-export.ts';
import { type Origin, resourceOf, spansOf } from './otlp-spans.ts';

const TIMEOUT_MS = 3000;
/** Source: OpenTelemetry's `ExportResultCode`. */
const SUCCESS = 0;

/** Connects to a collector, as `http://localhost:4318/v1/traces`; nothing is sent yet. */
export function connectOtlp(endpoint: string, about: Omit<Origin, 'resource'>): TraceSender {
  const origin = { ...about, resource: resourceOf(about.version) };
  const exporter = new OTLPTraceExporter({ url: endpoint, timeoutMillis: TIMEOUT_MS, concurrencyLimit: 2 });
  return {
    send: (traces) =>
      new Promise((resolve, reject) => {
        exporter.export(
          traces.flatMap((trace) => spansOf(trace, origin)),
          ({ code, error }) => {
            if (code === SUCCESS) resolve();
            else reject(error ?? new Error('it was refused'));
          },
        );
      }),
    close: () => exporter.shutdown(),
  };
}
