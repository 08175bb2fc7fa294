/**
 * A timeline for trace viewers. Build a {@link trainyard.report.trace.Trace} from plain nanoseconds; it is written as
 * Chrome trace events, which ui.perfetto.dev and chrome://tracing open.
 */
package trainyard.report.trace;
