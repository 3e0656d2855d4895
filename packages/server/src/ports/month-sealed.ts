// The database's refusal to change what is on its way to an archive.

export class MonthSealed extends Error {
  override readonly name = 'MonthSealed'

  constructor(cause: unknown) {
    super('Месяц уходит в архив: его строки больше не меняются', { cause })
  }
}
