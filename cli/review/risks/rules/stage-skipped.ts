import { stageIndex } from '../../../../core/capacity';
import type { RiskRule } from '../risk';

export const stageSkipped: RiskRule = {
  id: 'AICC-RISK-019',
  level: 'error',
  title: 'replacement steps over a stage',
  why: 'A replacement of a model goes more than one step at a time.',
  remedy: 'go one stage at a time, each with its evidence; any step back is fine',
  check({ before, after }) {
    const [earlier, now] = [before, after].map((side) =>
      (side?.clusters ?? []).flatMap(({ replacements = [] }) => replacements),
    );
    return now?.map(({ path, alias, stage }) => {
      const was = earlier?.find((entry) => entry.path === path)?.stage;
      return was === undefined || stageIndex(stage) <= stageIndex(was) + 1
        ? undefined
        : { path, statement: `${alias} goes from ${was} to ${stage}` };
    });
  },
};
