// The provider's contract over every way a terminal is reached × every form in which its camera answers.
// One simulated office per way, with a terminal for each form.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import {
  API_VERSIONS,
  type ApiVersion,
  type Device,
  TLS_MODES,
  type TlsMode,
} from '../../packages/server/src/ports/provider.ts'
import {
  CAMERA_FORMS,
  type Simulator,
  startSimulator,
  type Terminal,
} from '../../packages/simulator/src/index.ts'
import { makeTestCertificate } from '../support/test-certificate.ts'
import { deviceAt, driverUnderTest, patience } from './driver-under-test.ts'
import {
  declines,
  forgetsNothing,
  isBusyOnce,
  knowsNoStranger,
  paysOnce,
  readsOnlyItsOwnQr,
  stops,
  type TerminalSubject,
  takesWholeTenge,
  tellsOfItself,
  tellsOfTokens,
  terminalSubject,
} from './provider-contract.ts'

const NAME = 'Касса центра'
/** A certificate is issued to a name; loopback has this one. */
const HOST = 'localhost'
const TIMING = {
  initializeMs: 30,
  // Long enough for a picture to be drawn and decoded on a busy machine.
  scanWaitMs: 20_000,
  confirmWaitMs: 20_000,
  answerMs: 1,
  customerMs: 10,
  registerMs: 10,
  resultScreenMs: 20,
}
const FORMS = CAMERA_FORMS.filter((form) => form !== 'none')
type Form = (typeof FORMS)[number]

interface Mode {
  readonly tls: TlsMode | null
  readonly protection: boolean
  readonly api: ApiVersion
}

const MODES: readonly Mode[] = [null, ...TLS_MODES].flatMap((tls) =>
  [false, true].flatMap((protection) => API_VERSIONS.map((api) => ({ tls, protection, api }))),
)

function nameOf({ tls, protection, api }: Mode): string {
  const transport = tls === null ? 'http' : `https ${tls}`
  return `${transport}, ${protection ? 'token' : 'no token'}, ${api}`
}

const certificate = makeTestCertificate(HOST)
const { driver } = driverUnderTest({
  limits: { connectMs: 3_000, startMs: 5_000, statusMs: 5_000, registerMs: 5_000 },
  cameraLimits: { connectMs: 3_000, lookMs: 10_000 },
})
const authorities = getCACertificates('default')

before(() => setDefaultCACertificates([...authorities, certificate.cert]))
after(async () => {
  setDefaultCACertificates(authorities)
  await driver.close()
})

async function openOffice({ tls, protection, api }: Mode): Promise<Simulator> {
  return startSimulator({
    terminals: FORMS.map((form) => ({
      camera: form === 'long_poll' ? 'json' : form,
      protection,
      api,
      ...(tls === null ? {} : { https: certificate }),
    })),
    seed: 20_261_125,
    timing: TIMING,
  })
}

async function deviceOf(
  simulator: Simulator,
  terminal: Terminal,
  { tls, protection, api }: Mode,
  form: Form,
): Promise<Device> {
  const { number: terminalId, port, cameraUrl } = terminal
  const device = deviceAt(port, {
    terminalId,
    apiVersion: api,
    cameraUrl:
      form === 'long_poll' ? `${simulator.url}/scan-qr/${terminalId}?timeout=200` : cameraUrl,
    ...(tls === null ? {} : { scheme: 'https', tls, host: tls === 'strict' ? HOST : '127.0.0.1' }),
    fingerprint: tls === 'pinned' ? terminal.certificateFingerprint : null,
  })
  if (!protection) return device
  const registered = await driver.register(device, NAME, patience())
  assert.ok(registered.kind === 'registered', registered.kind)
  return { ...device, accessToken: registered.tokens.accessToken }
}

for (const mode of MODES) {
  describe(nameOf(mode), () => {
    let simulator: Simulator
    before(async () => {
      simulator = await openOffice(mode)
    })
    after(() => simulator.close())

    async function subjectWith(form: Form): Promise<TerminalSubject> {
      const terminal = simulator.terminal(FORMS.indexOf(form) + 1)
      terminal.clearFaults()
      const device = await deviceOf(simulator, terminal, mode, form)
      return terminalSubject({ driver, device, terminal, simulator })
    }

    const subjects = new Map<Form, Promise<TerminalSubject>>()
    /** A name is registered once on a terminal. */
    function subject(form: Form): Promise<TerminalSubject> {
      const known = subjects.get(form) ?? subjectWith(form)
      subjects.set(form, known)
      return known
    }

    for (const form of FORMS) {
      test(`a payment, its QR read from ${form}`, async () => {
        await paysOnce(await subject(form))
        await readsOnlyItsOwnQr(await subject(form))
      })
    }
    test('a decline is proved', async () => declines(await subject('json')))
    test('a stop ends what nobody has scanned', async () => stops(await subject('json')))
    test('a second start is refused', async () => isBusyOnce(await subject('json')))
    test('unknown, then known', async () => forgetsNothing(await subject('json')))
    test('what was never started', async () => knowsNoStranger(await subject('json')))
    test('only whole tenge', async () => takesWholeTenge(await subject('json')))
    test('who it is', async () => tellsOfItself(await subject('json')))
    test('a token that ran out', async () => {
      if (mode.protection) await tellsOfTokens(await subject('json'), NAME)
      else assert.equal((await subject('json')).device.accessToken, null)
    })
  })
}
