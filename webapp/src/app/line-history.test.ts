import { expect, it } from 'vitest';
import { LineHistory } from './line-history';

it('goes back to the oldest line and forth to an empty one', () => {
  const history = new LineHistory(['one']);
  history.add('two');
  const keys = ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowDown'];
  expect(keys.map((key) => history.recall(key))).toEqual(['two', 'one', 'one', 'two', '', '']);
});

it('leaves other keys to whoever types', () => expect(new LineHistory(['one']).recall('Enter')).toBeNull());

it('keeps each line once, where it was sent last, and the latest of many', () => {
  const history = new LineHistory([], 3);
  for (const line of ['a', 'b', 'a', 'c', 'd']) history.add(line);
  expect(history.all).toEqual(['a', 'c', 'd']);
});
