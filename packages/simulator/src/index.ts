// What tests and the demo may use of the simulator; everything else is its own business.
export { CAMERA_FORMS, type CameraForm } from './camera/camera.ts'
export { FAULTS, type FaultName, type WireCall } from './faults/catalogue.ts'
export type { FaultRequest } from './faults/fault-request.ts'
export { type HardPicture, hardPicture } from './hard-pictures/hard-picture.ts'
export { HARD_KINDS, type HardKind, STRENGTHS, type Strength } from './hard-pictures/kinds.ts'
export { UNREADABLE_REASONS, unreadablePicture } from './hard-pictures/unreadable-picture.ts'
export { BadInput } from './http/bad-input.ts'
export type {
  Journal,
  JournalEntry,
  OperationKind,
  OperationOutcome,
  OperationRecord,
  StartCall,
} from './journal/journal.ts'
export { BANK_ACCOUNT, type BankScan } from './kaspi-qr-api/bank-books.ts'
export type { ArmedBankFault, BankFault } from './kaspi-qr-api/bank-faults.ts'
export { type BankOptions, type BankServer, startBank } from './kaspi-qr-api/bank-server.ts'
export type { BankPayment } from './kaspi-qr-api/payment.ts'
export type { Phone, ScanResult } from './phone/phone.ts'
export type { Outcome, Product, ScanRequest } from './phone/scan-request.ts'
export { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts'
export {
  type GatewayName,
  SMS_FAULTS,
  type SmsFault,
  type SmsGateways,
  type SmsMessage,
} from './sms/gateway.ts'
export { MOBIZON_KEY } from './sms/mobizon.ts'
export { SMSC_ACCOUNT } from './sms/smsc.ts'
export type { Screen } from './terminal/screen.ts'
export type { OperationView, Terminal } from './terminal/terminal.ts'
export type { TerminalOptions } from './terminal/terminal-options.ts'
export { REALISTIC_TIMING, type Timing } from './timing.ts'
