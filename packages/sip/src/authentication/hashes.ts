// Digests answer a challenge at once, and the browser's own hashes keep one waiting; MD5 it has not at all.

/** A hash in hexadecimal. */
export type Hash = (text: string) => string;

/** The text in whole blocks, with its length in bits at the end. */
function padded(text: string, block: number, littleEndian: boolean): DataView {
  const bytes = new TextEncoder().encode(text);
  const length = Math.ceil((bytes.length + 1 + block / 8) / block) * block;
  const view = new DataView(new ArrayBuffer(length));
  bytes.forEach((byte, at) => view.setUint8(at, byte));
  view.setUint8(bytes.length, 0x80);
  view.setBigUint64(length - 8, BigInt(bytes.length * 8), littleEndian);
  return view;
}

const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/** RFC 1321. */
export const md5: Hash = (text) => {
  const view = padded(text, 64, true);
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const [mixed = 0, word = 0] =
        [
          [(b & c) | (~b & d), step],
          [(d & b) | (~d & c), 5 * step + 1],
          [b ^ c ^ d, 3 * step + 5],
          [c ^ (b | ~d), 7 * step],
        ][round] ?? [];
      const sine = Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32);
      const sum = (a + mixed + sine + view.getUint32(block + (word % 16) * 4, true)) | 0;
      const shift = SHIFTS[round]?.[step % 4] ?? 0;
      [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
    }
    [a, b, c, d].forEach((value, index) => (state[index] = (state[index] ?? 0) + value));
  }
  // Every browser's memory is little-endian, as MD5 is.
  return Array.from(new Uint8Array(state.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** FIPS 180-4: the same steps on words of 32 or 64 bits. */
function sha2(bits: 32 | 64, start: readonly bigint[], text: string): bigint[] {
  const size = BigInt(bits);
  const trimmed = (value: bigint): bigint => BigInt.asUintN(bits, value);
  const rotated = (word: bigint, by: number): bigint => (word >> BigInt(by)) | trimmed(word << (size - BigInt(by)));
  const [S0, S1, s0, s1] = ROTATIONS[bits].map(
    ([one, two, three], which) =>
      (word: bigint): bigint =>
        rotated(word, one) ^ rotated(word, two) ^ (which < 2 ? rotated(word, three) : word >> BigInt(three)),
  ) as [Mix, Mix, Mix, Mix];
  const view = padded(text, bits * 2, false);
  cubeRoots ??= roots(3, 80);
  let state = [...start];
  for (let block = 0; block < view.byteLength; block += bits * 2) {
    const words: bigint[] = [];
    let [a, b, c, d, e, f, g, h] = state as Eight;
    cubeRoots.slice(0, bits === 32 ? 64 : 80).forEach((root, step) => {
      const at = block + (step * bits) / 8;
      const before = (steps: number): bigint => words[step - steps] ?? 0n;
      const word =
        step < 16
          ? bits === 32
            ? BigInt(view.getUint32(at))
            : view.getBigUint64(at)
          : trimmed(s1(before(2)) + before(7) + s0(before(15)) + before(16));
      words.push(word);
      const one = h + S1(e) + ((e & f) ^ (~e & g)) + (root >> (64n - size)) + word;
      const two = S0(a) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [trimmed(one + two), a, b, c, trimmed(d + one), e, f, g];
    });
    state = [a, b, c, d, e, f, g, h].map((value, index) => trimmed(value + (state[index] ?? 0n)));
  }
  return state;
}

type Mix = (word: bigint) => bigint;
type Eight = [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];

const ROTATIONS = {
  32: [
    [2, 13, 22],
    [6, 11, 25],
    [7, 18, 3],
    [17, 19, 10],
  ],
  64: [
    [28, 34, 39],
    [14, 18, 41],
    [1, 8, 7],
    [19, 61, 6],
  ],
} as const;

let cubeRoots: readonly bigint[] | undefined;

/** The first 64 bits behind the point of the first primes' roots: where SHA-2 has its constants from. */
function roots(degree: number, count: number): bigint[] {
  const found: bigint[] = [];
  for (let number = 2; found.length < count; number++) {
    if (Array.from({ length: number - 2 }, (_, index) => number % (index + 2)).includes(0)) continue;
    const power = BigInt(number) << BigInt(64 * degree);
    let root = 0n;
    for (let bit = 1n << 68n; bit > 0n; bit >>= 1n) if ((root | bit) ** BigInt(degree) <= power) root |= bit;
    found.push(BigInt.asUintN(64, root));
  }
  return found;
}

const hexadecimal = (words: readonly bigint[], digits: number): string =>
  words.map((word) => word.toString(16).padStart(digits, '0')).join('');

export const sha256: Hash = (text) => {
  const start = roots(2, 8).map((root) => root >> 32n);
  return hexadecimal(sha2(32, start, text), 8);
};

/** SHA-512/256, which begins where SHA-512 of its name ends (FIPS 180-4 §5.3.6). */
export const sha512t256: Hash = (text) => {
  const start = roots(2, 8).map((root) => root ^ 0xa5a5a5a5a5a5a5a5n);
  return hexadecimal(sha2(64, sha2(64, start, 'SHA-512/256'), text), 16).slice(0, 64);
};
