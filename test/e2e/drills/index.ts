import { changedByHand, interrupted, kindMissing, restarted } from './apply';
import { drained } from './drain';
import type { Drill } from './drill';
import { serversAdded } from './growth';
import { overTheSpare, rackLost, serverLost, serverLostUnseen } from './lost-servers';
import { npusGone } from './npus-gone';
import { rolled } from './roll';

export const DRILLS: readonly Drill[] = [
  serversAdded,
  serverLost,
  serverLostUnseen,
  rackLost,
  overTheSpare,
  npusGone,
  drained,
  rolled,
  interrupted,
  restarted,
  kindMissing,
  changedByHand,
];
