import { markdownTable } from '../../cli/markdown-table';

test('columns stand below each other, and a bar in a cell does not end it', () => {
  expect(
    markdownTable(
      ['a', 'long head'],
      [
        ['a|b', ''],
        ['x', 'y'],
      ],
    ),
  ).toBe(
    [
      '| a    | long head |',
      '| ---- | --------- |',
      '| a\\|b |           |',
      '| x    | y         |',
    ].join('\n'),
  );
});
