import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';

/** A streamed answer while and after it comes. */
export interface Stream {
  /** Tokens so far. */
  tokens: number;
  /** Why the model ended. @default - it has not, or nobody said so */
  finish?: string;
  /** Settles when nothing more comes, whole or cut. */
  readonly end: Promise<void>;
  readonly cut: () => void;
}

/** Asks for an answer of so many tokens, streamed. */
export function openStream(port: number, alias: string, tokens: number, key: string): Stream {
  const call = request({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: '/v1/completions',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
  });
  const stream: Stream = { tokens: 0, end: read(call, () => stream), cut: () => call.destroy() };
  call.end(
    JSON.stringify({
      model: alias,
      prompt: [5, 6],
      max_tokens: tokens,
      ignore_eos: true,
      stream: true,
    }),
  );
  return stream;
}

async function read(call: ClientRequest, stream: () => Stream): Promise<void> {
  try {
    const [response] = await once(call, 'response');
    if (response.statusCode !== 200) return;
    let rest = '';
    for await (const part of response) {
      const lines = `${rest}${part}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith('data: {')) continue;
        const [choice] = JSON.parse(line.slice('data: '.length)).choices ?? [];
        if (!choice) continue;
        stream().tokens += choice.text.split('t7').length - 1;
        if (choice.finish_reason) stream().finish = choice.finish_reason;
      }
    }
  } catch {
    // Cut: what had come is counted.
  }
}
