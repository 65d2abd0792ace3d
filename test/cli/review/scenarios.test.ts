import { toMarkdown } from '../../../cli/review/report/markdown';
import { MODEL_SCENARIOS } from './scenarios/models';
import { REPLACEMENT_SCENARIOS } from './scenarios/replacements';
import { reviewScenario } from './scenarios/scenario';
import { SERVER_SCENARIOS } from './scenarios/servers';
import { TENANT_SCENARIOS } from './scenarios/tenants';

const SCENARIOS = [
  ...TENANT_SCENARIOS,
  ...SERVER_SCENARIOS,
  ...MODEL_SCENARIOS,
  ...REPLACEMENT_SCENARIOS,
];

test('there are enough of them, each once', () => {
  const names = SCENARIOS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(30);
});

test.each(SCENARIOS)('$name', (scenario) => {
  const result = reviewScenario(scenario);
  const comment = toMarkdown(result, 'review.html');
  expect([...new Set(result.risks.map(({ id }) => id))].sort()).toEqual(scenario.risks);
  expect(result.verdict.exitCode).toBe(scenario.exit);
  for (const text of scenario.says) expect(comment).toMatch(text);
  const { changed, shown, folded, masked } = result.counts;
  expect(shown + folded + masked).toBe(changed);
});
