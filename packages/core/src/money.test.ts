import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  divideUp,
  formatTenge,
  greatest,
  inUnit,
  least,
  MAX_TIYN,
  parseAmount,
  roundUpTo,
} from './money.ts'

/** The exact value of a positive finite double as numerator ÷ 2^n, read from its bits. */
function rationalOf(value: number): { over: bigint; under: bigint } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xf_ffff_ffff_ffffn
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n)
  const power = (exponent === 0 ? 1 : exponent) - 1075
  return power >= 0
    ? { over: mantissa << BigInt(power), under: 1n }
    : { over: mantissa, under: 1n << BigInt(-power) }
}

/** The text of a sum of tiyn in tenge, with both decimals. */
function tengeText(tiyn: bigint): string {
  return `${tiyn / 100n}.${(tiyn % 100n).toString().padStart(2, '0')}`
}

/** Tiyn of tenge by another road: the nearest hundredth, if its text is read as this very double. */
function tiynOfTenge(value: number): bigint | null {
  if (!Number.isFinite(value) || value <= 0) return null
  const { over, under } = rationalOf(value)
  const nearest = (over * 200n + under) / (under * 2n)
  if (nearest <= 0n || nearest > MAX_TIYN) return null
  return Number(tengeText(nearest)) === value ? nearest : null
}

const doubles = fc.oneof(
  fc.double(),
  fc.double({ min: 0, max: 1e9 }),
  fc.double({ min: 0, max: 1e17 }),
  fc.integer({ min: -5, max: 2 ** 31 - 1 }),
  fc.maxSafeInteger(),
  fc.bigInt({ min: 1n, max: MAX_TIYN * 2n }).map((tiyn) => Number(tengeText(tiyn))),
)

test('M2: a number in tiyn is a safe integer above 0, else refused', () => {
  for (const value of [1, 100, 10_000, 1e15, Number(MAX_TIYN)]) {
    assert.equal(parseAmount(value, 'tiyn'), BigInt(value))
  }
  const wrong = [0, -0, -1, 0.1, 0.5, 10.005, 1e21, 1e308, 2 ** 53, Number(MAX_TIYN) + 1]
  for (const value of [...wrong, Number.NaN, Infinity, -Infinity]) {
    assert.equal(parseAmount(value, 'tiyn'), null, String(value))
  }
})

test('M2: a number in tenge has at most two decimals, else refused', () => {
  const right: [number, bigint][] = [
    [0.01, 1n],
    [0.1, 10n],
    [0.29, 29n],
    [0.57, 57n],
    [1.1, 110n],
    [1, 100n],
    [10_000, 1_000_000n],
    [1140.35, 114_035n],
    [8859.65, 885_965n],
    [4.35, 435n],
    [1e2, 10_000n],
    [70_368_744_177_664, MAX_TIYN],
  ]
  for (const [value, tiyn] of right) assert.equal(parseAmount(value, 'tenge'), tiyn, String(value))
  const wrong = [0, -0, -1, 0.001, 0.009, 10.005, 0.1 + 0.2, 1e-7, 1e-300, 5e-324, 1e21, 1e308]
  for (const value of [...wrong, 2 ** 53, 2 ** 47, Number.NaN, Infinity, -Infinity]) {
    assert.equal(parseAmount(value, 'tenge'), null, String(value))
  }
})

test('M2: only a JSON number is a sum', () => {
  const wrong = ['10', '10.00', '', ' ', '0x10', 10n, true, null, undefined, [10], { amount: 10 }]
  for (const value of [...wrong, new Number(10), new Date(10), () => 10]) {
    assert.equal(parseAmount(value, 'tiyn'), null)
    assert.equal(parseAmount(value, 'tenge'), null)
  }
})

test('M2: any double is read as an independent reading of its bits says', () => {
  fc.assert(
    fc.property(doubles, (value) => {
      assert.equal(parseAmount(value, 'tenge'), tiynOfTenge(value))
      const whole = Number.isSafeInteger(value) && value > 0 && BigInt(value) <= MAX_TIYN
      assert.equal(parseAmount(value, 'tiyn'), whole ? BigInt(value) : null)
    }),
    { numRuns: 5_000 },
  )
})

test('M1: every sum up to the largest goes out and comes back exactly, in both units', () => {
  const sums = fc.oneof(
    fc.bigInt({ min: 1n, max: MAX_TIYN }),
    fc.bigInt({ min: 1n, max: 1_000_000n }),
    fc.bigInt({ min: 0n, max: 10_000n }).map((below) => MAX_TIYN - below),
  )
  fc.assert(
    fc.property(sums, fc.constantFrom('tiyn', 'tenge'), (tiyn, unit) => {
      const shown = inUnit(tiyn, unit)
      assert.equal(parseAmount(shown, unit), tiyn)
      // Through the wire: JSON prints and reads the same number.
      assert.equal(parseAmount(JSON.parse(JSON.stringify(shown)), unit), tiyn)
    }),
    { numRuns: 5_000 },
  )
})

test('M1: in tenge a sum is printed with the decimals it has and no more', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: MAX_TIYN }), (tiyn) => {
      const text = JSON.stringify(inUnit(tiyn, 'tenge'))
      assert.equal(text, tengeText(tiyn).replace(/\.?0{1,2}$/, ''))
    }),
    { numRuns: 3_000 },
  )
  assert.equal(inUnit(0n, 'tenge'), 0)
  assert.equal(inUnit(-30n, 'tenge'), -0.3)
})

test('M1: people see tenge, grouped, with tiyn only when there are any', () => {
  const shown = (tiyn: bigint) => formatTenge(tiyn).replaceAll('\u00a0', ' ')
  assert.equal(shown(1_010_000n), '10 100 ₸')
  assert.equal(shown(114_035n), '1 140,35 ₸')
  assert.equal(shown(5n), '0,05 ₸')
  assert.equal(shown(0n), '0 ₸')
  assert.equal(shown(-114_035n), '−1 140,35 ₸')
  assert.equal(shown(99_900n), '999 ₸')
  assert.equal(shown(100_000_000n), '1 000 000 ₸')
})

test('M1: a formatted sum keeps every digit, and groups of three', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -MAX_TIYN, max: MAX_TIYN }), (tiyn) => {
      const text = formatTenge(tiyn)
      assert.match(text, /^−?\d{1,3}(\u00a0\d{3})*(,\d\d)?\u00a0₸$/)
      const [whole = '', decimals = '00'] = text.replace(/\u00a0|₸/g, '').split(',')
      assert.equal(BigInt((whole + decimals).replace('−', '-')), tiyn)
    }),
  )
})

test('M3: rounding up is the least multiple that is not below', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: MAX_TIYN }),
      fc.bigInt({ min: 1n, max: 1_000_000n }),
      (tiyn, step) => {
        const rounded = roundUpTo(tiyn, step)
        assert.equal(rounded % step, 0n)
        assert.ok(rounded >= tiyn && rounded - tiyn < step)
        assert.equal(divideUp(tiyn, step) * step, rounded)
      },
    ),
  )
})

test('of two sums the least and the greatest, in either order', () => {
  for (const [a, b] of [
    [-1n, 2n],
    [2n, -1n],
  ] as const) {
    assert.deepEqual([least(a, b), greatest(a, b)], [-1n, 2n])
  }
})
