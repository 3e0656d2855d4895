// A centre in a process of its own for bench/live.ts. Says where it listens, and how much memory it takes
// after a collection, when asked. Needs `--expose-gc`.

import { readConfig } from '../packages/server/src/config.ts'
import { createLog, startCentre } from '../packages/server/src/main.ts'
import { memoryOfProcess } from './memory.ts'

const config = readConfig(process.env)
const url = config.databaseUrl ?? ''
const database = { url, ownerUrl: url, stop: async () => {} }
const running = await startCentre(config, database, createLog(config))

process.on('message', async () => process.send?.(await memoryOfProcess()))
process.on('disconnect', () => void running.stop())
process.send?.(running.url)
