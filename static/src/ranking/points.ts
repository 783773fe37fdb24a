// Points that keep their sum while one of them is moved.
// It knows nothing about sliders or criteria.
// Idea: what is left goes to the others in the proportions they had, in whole points by largest remainder.

/** The points with the one at `moved` set to `value`; whole numbers from 0 that sum to `total`. */
export function rebalanced(points: readonly number[], moved: number, value: number, total = 100): number[] {
  const set = points.length === 1 ? total : Math.min(Math.max(Math.round(value) || 0, 0), total);
  const left = total - set;
  const others = points.reduce((sum, one, i) => (i === moved ? sum : sum + one), 0);
  const exact = points.map((one, i) => (i === moved ? set : others > 0 ? (left * one) / others : left / (points.length - 1)));
  const whole = exact.map(Math.floor);
  let missing = total - whole.reduce((sum, one) => sum + one, 0);
  const order = [...whole.keys()].filter((i) => i !== moved).sort((a, b) => exact[b]! - whole[b]! - (exact[a]! - whole[a]!) || a - b);
  for (const i of order) {
    if (missing <= 0) break;
    whole[i]! += 1;
    missing -= 1;
  }
  return whole;
}
