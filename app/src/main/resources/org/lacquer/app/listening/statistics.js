// SPDX-License-Identifier: Apache-2.0
// The figures of the results page. `lacquer evaluate --listening` computes the same in Java, and a
// test holds the two against each other.

/** ln Γ(x) for x > 0: Stirling's series after lifting x above 10. */
function logGamma(x) {
  let lift = 0;
  while (x < 10) {
    lift -= Math.log(x);
    x += 1;
  }
  const r = 1 / (x * x);
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / x;
  return lift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

/** Regularised incomplete beta function, by its continued fraction (Lentz's method). */
function betaShare(x, a, b) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaShare(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b)
    + a * Math.log(x) + b * Math.log(1 - x)) / a;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let value = d;
  for (let m = 1; m < 1000; m++) {
    for (const step of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))]) {
      d = 1 + step * d;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      c = 1 + step / c;
      c = Math.abs(c) < tiny ? tiny : c;
      value *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * value;
}

/** Where a rising function of one variable reaches a value. */
function solve(rising, value, low, high) {
  for (let i = 0; i < 200 && high - low > 1e-13; i++) {
    const middle = (low + high) / 2;
    if (rising(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Exact one-sided p-value against guessing: P(at least `correct` of `trials`). */
function guessingP(correct, trials) {
  let sum = 0;
  for (let k = correct; k <= trials; k++) {
    sum += Math.exp(logGamma(trials + 1) - logGamma(k + 1) - logGamma(trials - k + 1)
      - trials * Math.LN2);
  }
  return Math.min(1, sum);
}

/** Exact two-sided p-value against no preference. */
function twoSidedP(first, trials) {
  return trials === 0 ? 1 : Math.min(1, 2 * guessingP(Math.max(first, trials - first), trials));
}

/** Fewest correct answers with p < 0.05, or null. */
function fewestCorrect(trials) {
  for (let k = 0; k <= trials; k++) if (guessingP(k, trials) < 0.05) return k;
  return null;
}

/** The 95 % interval of Clopper and Pearson. */
function shareInterval(count, total) {
  if (total === 0) return [NaN, NaN];
  return [
    count === 0 ? 0 : solve((x) => betaShare(x, count, total - count + 1), 0.025, 0, 1),
    count === total ? 1 : solve((x) => betaShare(x, count + 1, total - count), 0.975, 0, 1)];
}

/** Φ(x) for x ≥ 0, by its power series: x + x³/3 + x⁵/15 + … */
function normalShare(x) {
  if (x > 8) return 1;
  let term = x;
  let sum = x;
  for (let k = 3; term > 1e-17 * sum; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** d′ of ABX, independent observations (Macmillan and Creelman, 2005, chapter 9). */
function sensitivity(correct, trials) {
  const share = Math.min(correct / trials, 1 - 0.5 / trials);
  if (share <= 0.5) return 0;
  const ofDPrime = (d) => {
    const apart = normalShare(d / Math.SQRT2);
    const near = normalShare(d / 2);
    return apart * near + (1 - apart) * (1 - near);
  };
  return solve(ofDPrime, share, 0, 10);
}

/** S. Holm's correction for several questions. */
function holm(pValues) {
  const order = pValues.map((p, i) => [p, i]).sort((x, y) => x[0] - y[0]);
  const out = [];
  let largest = 0;
  order.forEach(([p, index], rank) => {
    largest = Math.max(largest, Math.min(1, (order.length - rank) * p));
    out[index] = largest;
  });
  return out;
}

/** The number that a share of sorted numbers lies below, interpolated (type 7). */
function quantile(sorted, share) {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** Student's t for a 95 % interval. */
function studentReach(freedom) {
  return solve((t) => 1 - 0.5 * betaShare(freedom / (freedom + t * t), freedom / 2, 0.5),
    0.975, 0, 1000);
}

/** Count, mean with its 95 % interval (Student), median and quartiles. */
function spread(values) {
  const sorted = [...values].sort((x, y) => x - y);
  const n = sorted.length;
  const mean = sorted.reduce((sum, x) => sum + x, 0) / n;
  const squares = sorted.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const reach = n < 2 ? NaN : studentReach(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return {
    count: n,
    mean,
    interval: [mean - reach, mean + reach],
    median: quantile(sorted, 0.5),
    quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)],
  };
}
