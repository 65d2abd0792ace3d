export { isTree, type Tree } from '../core/tree';
