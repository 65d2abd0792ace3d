type Resources = Readonly<Record<string, string>>;

/** `spec` of a Queue, as far as the rules read it. */
export interface QueueLike {
  readonly capability?: Resources;
  readonly deserved?: Resources;
  readonly guarantee?: { readonly resource?: Resources };
}

/** Something that a webhook of Volcano refuses. */
interface Refusal {
  readonly what: string;
  /** Function of volcano-sh/volcano `pkg/webhooks/admission/queues/validate/validate_queue.go`. */
  readonly source: string;
  refuses(spec: QueueLike): boolean;
}

/** `-8`, `8` or `8500m`, as the queues that were tried have them. */
function numberOf(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}

const entries = (resources: Resources = {}) => Object.entries(resources);

/** `Resource.LessPartly` with `Zero`: what `least` does not name is less even than 0, but for CPU and memory. */
function lessPartly(least: Resources = {}, most: Resources = {}): boolean {
  return entries(most).some(([name, quantity]) => {
    const given = least[name] ?? (['cpu', 'memory'].includes(name) ? '0' : undefined);
    return given === undefined || numberOf(given) < numberOf(quantity);
  });
}

const named = (resources: Resources | undefined) => entries(resources).length > 0;
const kept = ({ guarantee }: QueueLike) => guarantee?.resource;

const ABOVE_CAPABILITY: readonly Refusal[] = [
  {
    what: 'deserved above the capability',
    source: 'validateResourceOfQueue (v1.13.0)',
    refuses: (spec) => named(spec.capability) && lessPartly(spec.capability, spec.deserved),
  },
  {
    what: 'a guarantee above the capability',
    source: 'validateResourceOfQueue (v1.13.0)',
    refuses: (spec) => named(spec.capability) && lessPartly(spec.capability, kept(spec)),
  },
];

const IN_PARTS: Refusal = {
  what: 'less than nothing, and parts of a device',
  source: 'ValidateResourceQuantityValue of Kubernetes, called since v1.14.0',
  refuses: (spec) =>
    [spec.capability, spec.deserved, kept(spec)].some((resources) =>
      entries(resources).some(([name, quantity]) => {
        const number = numberOf(quantity);
        return number < 0 || (name.includes('/') && !Number.isInteger(number));
      }),
    ),
};

/** What is refused from a release on, until the next one of the list. */
export const QUEUE_RULES: readonly {
  readonly from: string;
  readonly refusals: readonly Refusal[];
}[] = [
  { from: '1.12.0', refusals: [] },
  {
    from: '1.13.0',
    refusals: [
      ...ABOVE_CAPABILITY,
      {
        what: 'a guarantee above what is deserved, where that is said',
        source: 'validateResourceOfQueue (v1.13.0)',
        refuses: (spec) => named(spec.deserved) && lessPartly(spec.deserved, kept(spec)),
      },
    ],
  },
  {
    from: '1.14.0',
    refusals: [
      IN_PARTS,
      ...ABOVE_CAPABILITY,
      {
        what: 'a guarantee above what is deserved, or without it',
        source: 'validateResourceOfQueue (v1.14.0)',
        refuses: (spec) => lessPartly(spec.deserved, kept(spec)),
      },
    ],
  },
  {
    from: '1.14.2',
    refusals: [
      IN_PARTS,
      {
        what: 'a guarantee above what is deserved, or without it',
        source: 'validateResourceQuantityOfQueue (v1.14.2)',
        refuses: ({ deserved = {}, ...spec }) =>
          entries(kept(spec)).some(([name, quantity]) => {
            const share = deserved[name];
            return share === undefined || numberOf(share) < numberOf(quantity);
          }),
      },
      {
        what: 'deserved above the capability, of resources that it names',
        source: 'validateResourceQuantityOfQueue (v1.14.2)',
        refuses: ({ deserved, capability = {} }) =>
          entries(deserved).some(([name, quantity]) => {
            const most = capability[name];
            return most !== undefined && numberOf(quantity) > numberOf(most);
          }),
      },
    ],
  },
];
