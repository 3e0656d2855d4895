// The only source of chance.

import { randomBytes } from 'node:crypto'
import type { Random } from './ports/clock.ts'

export const systemRandom: Random = {
  chance: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  bytes: (count) => randomBytes(count),
}
