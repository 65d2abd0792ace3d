import type { WriteStream } from 'node:tty';
import { progressOn } from '../../../cli/rehearse/progress';

function written(isTTY: boolean, env: NodeJS.ProcessEnv = {}): string[] {
  const parts: string[] = [];
  const stream = {
    isTTY,
    columns: 20,
    write: (text: string) => parts.push(text),
    cursorTo: () => parts.push('<start>'),
    clearLine: () => parts.push('<clear>'),
  } as unknown as WriteStream;
  const { say, now } = progressOn(stream, env);
  now('12 of 53 pods run');
  now('12 of 53 pods run');
  now('53 of 53 pods run, which is longer than the line');
  say('done');
  return parts;
}

test('on a terminal the last line is replaced', () => {
  expect(written(true)).toEqual([
    ...['<start>', '<clear>', '12 of 53 pods run'],
    ...['<start>', '<clear>', '53 of 53 pods run, '],
    ...['<start>', '<clear>', '', 'done\n'],
  ]);
});

test('in a file and in CI only what is done is written', () => {
  expect(written(false)).toEqual(['done\n']);
  expect(written(true, { CI: 'true' })).toEqual(['done\n']);
});
