// One simulated terminal put together: the device, its registrations, its faults and its own HTTP(S)
// server on its own port, as a real device has.
import type { Bank } from '../bank/bank.ts'
import type { CameraForm } from '../camera/camera.ts'
import type { Timers } from '../clock.ts'
import { type ArmedFault, ArmedFaults, TOO_MANY_FAULTS } from '../faults/armed-faults.ts'
import { type FaultRequest, readFaultRequest } from '../faults/fault-request.ts'
import { BadInput } from '../http/bad-input.ts'
import type { Certificates } from '../http/certificates.ts'
import { Listener } from '../http/listener.ts'
import type { Journal, OperationKind } from '../journal/journal.ts'
import type { Random } from '../random.ts'
import type { Timing } from '../timing.ts'
import type { ApiSupport } from './api-version.ts'
import { Device } from './device.ts'
import { keySale } from './key-sale.ts'
import { EXPIRATION_STYLES } from './local-time.ts'
import type { Phase } from './operation.ts'
import type { PermissionButton } from './permission.ts'
import { Registrations } from './registrations.ts'
import type { Screen } from './screen.ts'
import { certificatesOf, type TerminalOptions } from './terminal-options.ts'
import { type HeaderTally, serveTerminal } from './terminal-server.ts'

/** What the rest of the world lends to a terminal. */
export interface TerminalSurroundings {
  readonly number: number
  readonly host: string
  readonly bank: Bank
  readonly journal: Journal
  readonly timers: Timers
  readonly random: Random
  readonly timing: Timing
}

export interface OperationView {
  readonly process_id: string
  readonly kind: OperationKind
  readonly amount_tenge: number
  readonly phase: Phase['at']
  readonly own_cheque: boolean
}

export class Terminal {
  readonly number: number
  readonly serial: string
  readonly camera: CameraForm
  readonly device: Device
  readonly faults = new ArmedFaults()
  readonly random: Random
  readonly api: ApiSupport
  readonly protection: boolean
  /** How the status calls so far carried the header `terminalId`. */
  readonly terminalIdHeader: Readonly<HeaderTally>
  /** The control server's address of this terminal's camera, known once that server listens. */
  cameraUrl = ''
  readonly #listener: Listener
  readonly #certificates: Certificates | null
  readonly #registrations: Registrations
  readonly #timers: Timers
  #timing: Timing
  #isReachable = true

  constructor(options: TerminalOptions, surroundings: TerminalSurroundings) {
    const { number, host, bank, journal, timers, random } = surroundings
    this.number = number
    // A device is its serial number, so it must not change when the simulator is started again.
    this.serial = options.serial ?? `SIM${String(number).padStart(9, '0')}`
    this.camera = options.camera ?? 'png'
    this.random = random
    this.api = options.api ?? 'v2'
    this.protection = options.protection ?? false
    this.#certificates = certificatesOf(options)
    this.#timers = timers
    this.#timing = surroundings.timing
    this.#registrations = new Registrations(random.fork('tokens'))
    this.device = new Device({
      identity: {
        number,
        serial: this.serial,
        terminalId: String(31_104_287 + number),
        posNumber: String(number),
      },
      bank,
      journal,
      faults: this.faults,
      timers,
      random: random.fork('device'),
      timing: () => this.#timing,
    })
    const terminalIdHeader: HeaderTally = { right: 0, wrong: 0, absent: 0 }
    this.terminalIdHeader = terminalIdHeader
    const parts = {
      device: this.device,
      registrations: this.#registrations,
      journal,
      faults: this.faults,
      timers,
      protection: this.protection,
      permission: options.permission ?? 'allow',
      api: this.api,
      cancel: options.cancel ?? 'works',
      expirationStyle: options.expirationStyle ?? random.fork('dates').pick(EXPIRATION_STYLES),
      random: random.fork('answers'),
      terminalIdHeader,
      reboot: (closedMs: number) => this.reboot(closedMs),
      changeCertificate: () => void this.changeCertificate(),
    }
    this.#listener = new Listener(
      host,
      options.port ?? 0,
      (request, response) => serveTerminal(parts, request, response),
      {
        certificates: this.#certificates,
        isDeaf: () => this.faults.takeForConnection() !== null,
      },
    )
  }

  get host(): string {
    return this.#listener.host
  }

  get port(): number {
    return this.#listener.port
  }

  get url(): string {
    return this.#listener.url
  }

  /** False while its port is closed: it is off, or its network is away. */
  get isReachable(): boolean {
    return this.#isReachable
  }

  get timing(): Timing {
    return this.#timing
  }

  setTiming(timing: Partial<Timing>): void {
    this.#timing = { ...this.#timing, ...timing }
  }

  screen(): Screen {
    return this.device.screen()
  }

  /** The operation that holds the terminal now. */
  operation(): OperationView | null {
    const current = this.device.current
    if (current === null) return null
    return {
      process_id: current.processId,
      kind: current.kind,
      amount_tenge: current.amountTenge,
      phase: current.phase.at,
      own_cheque: current.ownCheque,
    }
  }

  /** Throws `BadInput` with a Russian message when the request is not understood. */
  armFault(request: FaultRequest): ArmedFault {
    return this.armFaultFrom(request)
  }

  /** The same from an unread JSON body. */
  armFaultFrom(body: unknown): ArmedFault {
    const fault = readFaultRequest(body)
    this.refuseMeaningless(fault)
    if (fault.scope === 'port') this.closePort(fault.closed_ms)
    else if (!this.faults.arm(fault)) throw new BadInput(TOO_MANY_FAULTS)
    return fault
  }

  /** Throws `BadInput` when this terminal is not one that the fault can happen to. */
  refuseMeaningless({ name }: ArmedFault): void {
    if (name === 'token_expires' && !this.protection) {
      throw new BadInput('На этом терминале защита интеграции выключена')
    }
    if (name === 'certificate_change') this.#needCertificates()
  }

  clearFaults(): void {
    this.faults.clear()
  }

  /** Switches the device off and on: it forgets its operations and comes back on the same port. */
  reboot(closedMs = this.#timing.rebootMs): void {
    this.device.reboot()
    this.device.isOff = true
    this.#closePort(closedMs, () => {
      this.device.isOff = false
    })
  }

  /** The network is away and the device works on: connections are refused for so long. */
  closePort(closedMs: number): void {
    this.#closePort(closedMs, () => {})
  }

  /** A sale keyed on the device. Null when an operation holds the terminal. */
  keySale(amountTenge: number): OperationView | null {
    return keySale(this.device, amountTenge) === null ? null : this.operation()
  }

  /** A card put to the reader while a QR waits. False when none does. */
  presentCard(): boolean {
    return this.device.presentCard()
  }

  /** The tap on a question that the screen asks. False when it asks none. */
  press(button: PermissionButton): boolean {
    return this.device.permission.press(button)
  }

  /** «Запретить» in the terminal's list of tills. False when the till is not registered here. */
  forbid(name: string): boolean {
    return this.#registrations.forbid(name)
  }

  registeredNames(): readonly string[] {
    return this.#registrations.names()
  }

  /** Every access token runs out now: calls answer 403 until a revoke. */
  expireTokens(): void {
    this.#registrations.expire()
  }

  /** SHA-256 of the certificate's DER form, 64 lower-case hex digits; null without HTTPS. */
  get certificateFingerprint(): string | null {
    return this.#certificates?.fingerprint ?? null
  }

  /**
   * New handshakes get another certificate and open connections are cut, both before this returns;
   * the promise is for whoever changes again at once. Throws `BadInput` without HTTPS.
   */
  async changeCertificate(): Promise<void> {
    const certificates = this.#needCertificates()
    while (!certificates.change()) await certificates.prepare()
    this.#listener.showCertificate()
    await certificates.prepare()
  }

  open(): Promise<void> {
    return this.#listener.open()
  }

  close(): Promise<void> {
    return this.#listener.close()
  }

  #needCertificates(): Certificates {
    if (this.#certificates === null) throw new BadInput('Этот терминал работает без HTTPS')
    return this.#certificates
  }

  #closePort(closedMs: number, reopened: () => void): void {
    const sleep = (ms: number) => this.#timers.sleep(ms)
    this.#isReachable = false
    const closeAndReopen = async () => {
      await this.#listener.shut()
      await sleep(closedMs)
      await this.#listener.reopen(sleep)
      this.#isReachable = true
      reopened()
    }
    void closeAndReopen()
  }
}
