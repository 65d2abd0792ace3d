/** Text for people: plain, or a name or value that is written as code. */
export type Inline = string | { readonly code: string };
export type Text = readonly Inline[];

/** `text\`${name} is gone\``: what is inserted is written as code. */
export function text(parts: TemplateStringsArray, ...values: readonly (string | number)[]): Text {
  return parts
    .flatMap((part, index): Inline[] => {
      const value = values[index];
      return value === undefined ? [part] : [part, { code: `${value}` }];
    })
    .filter((part) => part !== '');
}

/** How a line is marked: added, removed, changed, or around it. */
export type Mark = '+' | '-' | '!' | ' ' | '#';

export interface DiffLine {
  readonly mark: Mark;
  readonly text: string;
}

/** Lines that belong together: they are cut as a whole. */
export interface DiffItem {
  readonly lines: readonly DiffLine[];
  /** How many things they are about. */
  readonly size: number;
}

/** What a report is made of; every form of it is written from the same blocks. */
export type Block =
  | { readonly kind: 'list'; readonly items: readonly Text[]; readonly noun: string }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      /** Columns of numbers, from 0. @default - none */
      readonly numbers?: readonly number[];
      readonly rows: readonly (readonly Text[])[];
      readonly noun: string;
    }
  | {
      readonly kind: 'diff';
      readonly items: readonly DiffItem[];
      readonly noun: string;
    };

export interface Section {
  readonly title: string;
  /** @default - nothing is said before the blocks */
  readonly intro?: Text;
  readonly blocks: readonly Block[];
  /** Whether it is closed until the reader opens it. @default false */
  readonly folded?: boolean;
}

export function listOf(items: readonly Text[], noun: string): Block {
  return { kind: 'list', items, noun };
}
