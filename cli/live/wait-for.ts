import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../errors';

/**
 * Asks until `done` says so.
 * @param state what is looked at; its last answer is in the error
 * @throws UserError when `seconds` have passed
 */
export async function waitFor<T>(
  what: string,
  seconds: number,
  state: () => Promise<T>,
  done: (state: T) => boolean,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const now = await state();
    if (done(now)) return now;
    if (Date.now() > end) {
      throw new UserError([`${what}: not within ${seconds} s; last seen: ${JSON.stringify(now)}`]);
    }
    await pause(250);
  }
}
