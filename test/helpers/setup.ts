import '../../constructs/synth-speed';
import { removeTemporaryFolders } from './temporary-folder';

afterAll(removeTemporaryFolders);
