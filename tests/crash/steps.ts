// The steps of POST /kaspi at which a process may die, by the names that everything here uses. One
// list: the instances report them, the table is made of them.

export interface Step {
  readonly name: string
  /** The step of the design's own list, 1 to 13. */
  readonly of: number
  readonly meaning: string
}

export const STEPS = [
  { name: 'reserve_unsaved', of: 1, meaning: 'терминал выбран, COMMIT ещё не сказан' },
  { name: 'reserved', of: 1, meaning: 'терминал занят за попыткой' },
  { name: 'call_unmarked', of: 2, meaning: 'вызов записан, COMMIT ещё не сказан' },
  { name: 'call_marked', of: 2, meaning: 'вызов записан, терминал ещё не вызван' },
  { name: 'call_sent', of: 3, meaning: 'терминал вызван, ответа ещё не слышали' },
  { name: 'call_answered', of: 4, meaning: 'терминал ответил, ничего не записано' },
  { name: 'process_unsaved', of: 5, meaning: 'номер операции записан, COMMIT ещё не сказан' },
  { name: 'process_saved', of: 5, meaning: 'номер операции сохранён' },
  { name: 'qr_seen', of: 6, meaning: 'камера прочла QR, ничего не записано' },
  { name: 'qr_unsaved', of: 7, meaning: 'QR записан, COMMIT ещё не сказан' },
  { name: 'qr_saved', of: 7, meaning: 'QR сохранён' },
  { name: 'answer_unkept', of: 8, meaning: 'ответ составлен, под ключом не сохранён' },
  { name: 'answer_kept', of: 8, meaning: 'ответ сохранён под ключом, не отправлен' },
  { name: 'result_heard', of: 9, meaning: 'терминал сказал об оплате, ничего не записано' },
  { name: 'settlement_unsaved', of: 10, meaning: 'деньги записаны, COMMIT ещё не сказан' },
  { name: 'settlement_saved', of: 10, meaning: 'деньги сохранены вместе с историей и вебхуком' },
  { name: 'webhook_unsent', of: 11, meaning: 'вебхук взят, не отправлен' },
  { name: 'webhook_sent', of: 12, meaning: 'получатель ответил, это не записано' },
  { name: 'webhook_marked', of: 12, meaning: 'доставка записана' },
  { name: 'released', of: 13, meaning: 'терминал освобождён' },
] as const satisfies readonly Step[]

export type StepName = (typeof STEPS)[number]['name']

/** Whether its transaction is open: its locks are held while the process stands there. */
export function isUnsaved(step: StepName): boolean {
  return step === 'call_unmarked' || step.endsWith('_unsaved')
}

/** Steps that come only after a customer has paid. */
const AFTER_PAYMENT = 9

export function isAfterPayment(step: StepName): boolean {
  return ofStep(step) >= AFTER_PAYMENT
}

export function ofStep(step: StepName): number {
  return STEPS.find(({ name }) => name === step)?.of ?? 0
}
