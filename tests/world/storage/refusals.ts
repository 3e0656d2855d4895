// How memory says what PostgreSQL says by error codes. The unit of work alone reads them.

/** Two transactions met: this one is rolled back and may run again. */
export class Race extends Error {
  override readonly name = 'Race'
}

/** The connection is gone, and with it the answer to what was asked last. */
export class Cut extends Error {
  override readonly name = 'Cut'
}

/** The server is there and does not do it: a lock was waited for too long. */
export class NotNow extends Error {
  override readonly name = 'NotNow'
}

/** A mistake of the program: a rule of the schema refused what no rule may ever have to refuse. */
export class Refused extends Error {
  override readonly name = 'Refused'
}
