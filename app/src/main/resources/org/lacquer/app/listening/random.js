// SPDX-License-Identifier: Apache-2.0
// Chance that can be repeated: a seed from the machine's entropy, and a generator that it starts.
// xoshiro128** of D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", 2021.

/** A new seed: 128 bits of the browser's cryptographic randomness, as 32 hexadecimal digits. */
function newSeed() {
  const words = crypto.getRandomValues(new Uint32Array(4));
  return [...words].map((word) => word.toString(16).padStart(8, "0")).join("");
}

/** A seed as the generator wants it, or null when it is not 32 hexadecimal digits. */
function seedOf(text) {
  const seed = text.trim().toLowerCase();
  return /^[0-9a-f]{32}$/.test(seed) && !/^0+$/.test(seed) ? seed : null;
}

class Random {
  /** @param {string} seed 32 hexadecimal digits, not all zero */
  constructor(seed) {
    this.state = [0, 8, 16, 24].map((at) => parseInt(seed.slice(at, at + 8), 16));
  }

  /** @return {number} 32 bits */
  bits() {
    const s = this.state;
    const rotate = (x, k) => (x << k) | (x >>> (32 - k));
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 11);
    return result;
  }

  /** An even chance. */
  coin() {
    return this.bits() >>> 31 === 1;
  }

  /** A whole number below a bound, all equally likely. */
  below(bound) {
    const limit = Math.floor(2 ** 32 / bound) * bound;
    for (;;) {
      const value = this.bits();
      if (value < limit) return value % bound;
    }
  }

  /** A copy in random order (R. A. Fisher and F. Yates; R. Durstenfeld's algorithm 235). */
  shuffled(list) {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  }
}
