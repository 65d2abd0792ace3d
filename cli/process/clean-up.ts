type Step = () => void | Promise<void>;

const steps: Step[] = [];
let interrupted = false;

/**
 * Registers what must happen at the end: after success, after a failure and after Ctrl-C.
 * @returns does it now, and not again at the end
 */
export function atEnd(step: Step): () => Promise<void> {
  steps.push(step);
  return async () => {
    const index = steps.lastIndexOf(step);
    if (index < 0) return;
    steps.splice(index, 1);
    await step();
  };
}

/** Runs what was registered, the last first; one that fails does not keep the others from it. */
export async function cleanUp(): Promise<void> {
  for (let step = steps.pop(); step; step = steps.pop()) {
    try {
      await step();
    } catch (error) {
      console.error(`clean-up failed: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  }
}

/** Whether a signal has come: what fails from then on is its consequence. */
export function wasInterrupted(): boolean {
  return interrupted;
}

// Once: a second Ctrl-C ends the process at once.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    interrupted = true;
    cleanUp().finally(() => process.exit(code));
  });
}

process.once('uncaughtException', (error) => {
  console.error(error);
  cleanUp().finally(() => process.exit(1));
});
