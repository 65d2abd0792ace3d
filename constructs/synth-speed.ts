/**
 * cdktf 0.21 captures an unlimited stack trace for every token and every nested block, which is
 * more than half of the time of a large synthesis. The traces are only read when a token fails to
 * resolve, so they are switched off; `AICC_TOKEN_TRACES=1` switches them back on for debugging.
 *
 * This is the one module that reaches into cdktf (the lint rule names it), and it must be loaded
 * before any token is made. Where a later cdktf has no such function, nothing happens.
 */
type TraceModule = { captureStackTrace?: (below?: unknown) => string[] };

if (process.env.AICC_TOKEN_TRACES !== '1') {
  let trace: TraceModule = {};
  try {
    trace = require('cdktf/lib/tokens/private/stack-trace') as TraceModule;
  } catch {
    // Another layout of cdktf: slower, not wrong.
  }
  if (typeof trace.captureStackTrace === 'function') {
    trace.captureStackTrace = () => [];
  }
}
