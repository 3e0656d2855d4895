// Thrown when the database cannot be reached or does not answer in time; HTTP says 503.

export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'

  constructor(cause: unknown) {
    super('База данных недоступна', { cause })
  }
}
