// What the rules take for granted. A broken assumption about money must stop the work, never go on.

/** Throws when `condition` does not hold: a fault of the program, not of the caller's input. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`Нарушено внутреннее правило: ${what}`)
}

/** Ends an exhaustive `switch`; the compiler refuses it while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`Нарушено внутреннее правило: неизвестный вариант ${JSON.stringify(value)}`)
}
