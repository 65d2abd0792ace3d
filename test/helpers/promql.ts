import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** Labels of the series of a metric; undefined where nobody knows the metric. */
export type LabelsOf = (metric: string) => readonly string[] | undefined;

/** What a query makes, and what is wrong with it. */
export interface CheckedQuery {
  /** Labels that its series can have. */
  readonly labels: readonly string[];
  /** Metrics that nobody knows, and labels that no series has at the place where they are named. */
  readonly problems: readonly string[];
}

const SET_OPERATORS = ['And', 'Or', 'Unless'];

/**
 * Follows the labels of series through a query, as Prometheus does. Grafana's `$__rate_interval` stands
 * for a duration; its other variables may be in strings only.
 * @throws Error when it is no PromQL, or has a part that this does not follow
 */
export function checkQuery(query: string, labelsOf: LabelsOf): CheckedQuery {
  const text = query.replaceAll('$__rate_interval', '5m');
  const walk = new LabelWalk(text, labelsOf);
  const tree = parser.parse(text);
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${text}`);
    },
  });
  return { labels: walk.labels(tree.topNode), problems: walk.problems };
}

class LabelWalk {
  readonly problems: string[] = [];

  constructor(
    private readonly text: string,
    private readonly labelsOf: LabelsOf,
  ) {}

  labels(node: SyntaxNode): readonly string[] {
    switch (node.name) {
      case 'PromQL':
      case 'ParenExpr':
      case 'MatrixSelector':
        return this.labels(child(node));
      case 'VectorSelector':
        return this.selector(node);
      case 'AggregateExpr':
        return this.aggregate(node);
      case 'FunctionCall':
        return this.call(node);
      case 'BinaryExpr':
        return this.binary(node);
      case 'UnaryExpr':
        // Its sign comes first.
        return children(node)
          .slice(-1)
          .flatMap((one) => this.labels(one));
      case 'NumberDurationLiteral':
        return [];
      default:
        throw new Error(`${node.name} is not followed: ${this.text}`);
    }
  }

  private selector(node: SyntaxNode): readonly string[] {
    const metric = this.at(child(node));
    const labels = this.labelsOf(metric);
    if (!labels) this.problems.push(`no metric ${metric}`);
    const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
    const named = matchers.map((matcher) => this.at(child(matcher)));
    this.need(named, labels ?? named, node);
    return labels ?? named;
  }

  private aggregate(node: SyntaxNode): readonly string[] {
    const modifier = node.getChild('AggregateModifier');
    if (modifier?.getChild('Without')) throw new Error(`without is not followed: ${this.text}`);
    const by = this.names(modifier?.getChild('GroupingLabels'));
    const [inner] = children(node.getChild('FunctionCallBody'))
      .slice(-1)
      .map((one) => this.labels(one));
    this.need(by, inner ?? [], node);
    return by;
  }

  private call(node: SyntaxNode): readonly string[] {
    const given = children(node.getChild('FunctionCallBody'));
    const [texts, others] = split(given, ({ name }) => name === 'StringLiteral');
    const inner = others.flatMap((one) => this.labels(one));
    const [target, , source] = texts.map((one) => this.at(one).slice(1, -1));
    switch (this.at(child(node))) {
      case 'label_replace':
        this.need(source ? [source] : [], inner, node);
        return [...new Set([...inner, ...(target ? [target] : [])])];
      case 'absent':
        // Those that are matched with `=`, and no others.
        return [...this.at(node).matchAll(/(\w+)="/g)].flatMap(([, label]) => label ?? []);
      case 'histogram_quantile':
        this.need(['le'], inner, node);
        return inner.filter((label) => label !== 'le');
      default:
        return inner;
    }
  }

  private binary(node: SyntaxNode): readonly string[] {
    const [left, right] = children(node).filter(isOperand);
    if (!left || !right) throw new Error(`an operand is missing: ${this.at(node)}`);
    const sides = [this.labels(left), this.labels(right)] as const;
    const clause = node.getChild('MatchingModifierClause');
    if (clause?.getChild('Ignoring')) throw new Error(`ignoring is not followed: ${this.text}`);
    const groups = clause?.getChildren('GroupingLabels') ?? [];
    const on = this.names(clause?.getChild('On') ? groups[0] : undefined);
    const taken = this.names(clause?.getChild('GroupLeft') ? groups[1] : undefined);
    for (const side of sides) this.need(on, side, node);
    this.need(taken, sides[1], node);
    if (node.getChild('Or')) return [...new Set(sides.flat())];
    const isSet = SET_OPERATORS.some((operator) => node.getChild(operator));
    // One to one, what both sides were matched by is left.
    if (clause?.getChild('On') && !clause.getChild('GroupLeft') && !isSet) return on;
    // A number has no labels.
    return [...(sides[0].length > 0 || isSet ? sides[0] : sides[1]), ...taken];
  }

  private need(wanted: readonly string[], there: readonly string[], node: SyntaxNode): void {
    for (const label of wanted.filter((one) => !there.includes(one))) {
      this.problems.push(`no label ${label} in: ${this.at(node)}`);
    }
  }

  private names(group: SyntaxNode | null | undefined): string[] {
    return group?.getChildren('LabelName').map((one) => this.at(one)) ?? [];
  }

  private at({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }
}

function child(node: SyntaxNode): SyntaxNode {
  if (!node.firstChild) throw new Error(`${node.name} has nothing in it`);
  return node.firstChild;
}

function children(node: SyntaxNode | null): SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let one = node?.firstChild; one; one = one.nextSibling) all.push(one);
  return all;
}

/** Operators have nothing in them. */
function isOperand({ name, firstChild }: SyntaxNode): boolean {
  if (name === 'MatchingModifierClause' || name === 'BoolModifier') return false;
  return firstChild !== null || name.endsWith('Literal');
}

function split<T>(all: readonly T[], holds: (one: T) => boolean): [T[], T[]] {
  return [all.filter(holds), all.filter((one) => !holds(one))];
}
