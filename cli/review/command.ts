import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { UserError } from '../errors';
import { cleanUp, wasInterrupted } from '../process/clean-up';
import { writeWhole } from '../write-whole';
import { findRef, synthesizeRef } from './input/git-ref';
import { type Output, readSide } from './input/output';
import { readPlans } from './input/plan-stack';
import { readRehearsal } from './input/rehearsal';
import { toHtml } from './report/html';
import { toJson } from './report/json';
import { toMarkdown } from './report/markdown';
import { review } from './review';

interface Options {
  readonly plan?: readonly string[];
  readonly rehearsal?: string;
  readonly markdown?: string;
  readonly json?: string;
  readonly html?: string;
}

/** `aicc review [BASE HEAD] [--plan FILE…]` */
export function reviewCommand(): Command {
  return new Command('review')
    .argument('[base]', 'what there is: a folder that was synthesized into, or a git ref')
    .argument('[head]', 'what shall be: a folder that was synthesized into, or a git ref')
    .option(
      '--plan <files...>',
      '`terraform show -json` of plans; STACK=FILE where it is not clear',
    )
    .option('--rehearsal <file>', 'what `aicc rehearse --json` found of HEAD')
    .option('--markdown <file>', 'write the comment there instead of printing it')
    .option('--json <file>', 'write all findings there')
    .option('--html <file>', 'write the whole review there, as one page')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing or safe, 2 to look at, 3 destroys or replaces, 4 risk of level error or failed proof, 1 no review.',
    )
    .action(async (base: string | undefined, head: string | undefined, options: Options) => {
      try {
        process.exitCode = await runReview(base, head, options);
      } catch (error) {
        // What was stopped by Ctrl-C has failed for that: the handler ends the process.
        if (!wasInterrupted()) throw error;
      } finally {
        await cleanUp();
      }
    });
}

/** @returns exit code @throws UserError where there is nothing to review */
export async function runReview(
  base: string | undefined,
  head: string | undefined,
  options: Options,
): Promise<number> {
  const { plan = [], rehearsal: rehearsed, markdown, json, html } = options;
  if ((base === undefined) !== (head === undefined) || (base === undefined && plan.length === 0)) {
    throw new UserError([
      `a review needs BASE and HEAD, or plans; name them, got: ${base === undefined ? 'nothing' : `'${base}' alone`}`,
    ]);
  }
  const today = process.env.AICC_TODAY || new Date().toISOString().slice(0, 10);
  const before = base === undefined ? undefined : await side(base, today);
  const after = head === undefined ? undefined : await side(head, today);
  const plans = readPlans(plan, after);
  const rehearsal = rehearsed === undefined ? undefined : readRehearsal(rehearsed);
  const result = review({ base: before, head: after, plans, rehearsal, today });
  const whole = html ?? json;
  const rest = whole ? basename(whole) : 'the page that `aicc review --html FILE` writes';
  const comment = toMarkdown(result, rest);
  const files = new Map<string, string>();
  if (markdown) files.set(markdown, comment);
  if (json) files.set(json, toJson(result));
  if (html) files.set(html, toHtml(result));
  writeWhole(files);
  if (!markdown) process.stdout.write(comment);
  return result.verdict.exitCode;
}

/** A folder that was synthesized into; otherwise a git ref. */
async function side(name: string, today: string): Promise<Output> {
  if (existsSync(join(name, 'manifest.json'))) return readSide(name, name);
  const ref = await findRef(name);
  if (ref) return readSide(name, await synthesizeRef(ref, today));
  throw new UserError([
    `neither a folder that was synthesized into nor a git ref; name one, got: '${name}'`,
  ]);
}
