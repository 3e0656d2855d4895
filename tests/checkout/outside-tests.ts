// The same centre and browser for a script that is no test: screenshots and measurements bring a database
// server of their own and leave nothing behind.

import { type Browser, chromium } from 'playwright-core'
import { CHROMIUM_FLAGS } from '../reference/interpreters.ts'
import { startTestCentre, type TestCentre, type TestCentreOptions } from '../support/centre.ts'
import { globalSetup, globalTeardown } from '../support/global-setup.ts'

export function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
}

export async function withCentre(
  options: TestCentreOptions,
  work: (centre: TestCentre) => Promise<void>,
): Promise<void> {
  await globalSetup()
  try {
    const centre = await startTestCentre(options)
    try {
      await work(centre)
    } finally {
      await centre.stop()
    }
  } finally {
    await globalTeardown()
  }
}
