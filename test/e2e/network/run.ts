import '../../../constructs/synth-speed';
import { removeTemporaryFolders } from '../../helpers/temporary-folder';
import { checkNetwork } from '../check-network';
import { SAMPLE_CAST, sampleObjects } from './sample';

/** Checks the sample without a control plane: `node -r ts-node/register test/e2e/network/run.ts`. */
checkNetwork(sampleObjects(), SAMPLE_CAST, (line) => console.log(line))
  .catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .finally(removeTemporaryFolders);
