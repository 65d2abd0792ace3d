import type { WriteStream } from 'node:tty';

export interface Progress {
  /** A line that stays. */
  say(line: string): void;
  /** What is under way, in the place of what was; nothing where it is empty. */
  now(line: string): void;
}

/** On a terminal the last line tells what is under way; in CI and in files there are only lines that stay. */
export function progressOn(stream: WriteStream, env = process.env): Progress {
  const say = (line: string) => void stream.write(`${line}\n`);
  if (!stream.isTTY || env.CI) return { say, now: () => {} };
  let shown = '';
  const now = (line: string) => {
    // A line that wraps could not be taken back.
    const text = line.slice(0, (stream.columns || 80) - 1);
    if (text === shown) return;
    shown = text;
    stream.cursorTo(0);
    stream.clearLine(0);
    stream.write(text);
  };
  return {
    say: (line) => {
      now('');
      say(line);
    },
    now,
  };
}
