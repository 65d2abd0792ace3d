import type { SynthesizedResource } from '../input/output';
import type { Pair } from './pairs';
import type { ResourceView } from './view';

/** A resource, with how it is seen. */
export interface Seen {
  readonly resource: SynthesizedResource;
  readonly view: ResourceView;
}

/** A pair of resources, with how both are seen. */
export interface SeenPair extends Pick<Pair, 'moved'> {
  readonly before?: Seen;
  readonly after?: Seen;
}
