// The calls that give a till its tokens. Registration blocks until a person has decided on the screen;
// revoke, despite its name, refreshes.
import { type Answer, refusal, success } from './answer.ts'
import type { WireParts } from './calls.ts'
import { expirationText } from './local-time.ts'
import type { Tokens } from './registrations.ts'

export async function register(parts: WireParts, query: URLSearchParams): Promise<Answer> {
  const { device, registrations } = parts
  const name = query.get('name') ?? ''
  if (name === '') return refusal(999)
  if (registrations.has(name)) return refusal(105, `Касса «${name}» уже зарегистрирована`)
  if (device.permission.name !== null || device.current !== null) return refusal(107)
  const verdict = await device.permission.ask(name, parts.permission, device.timing)
  switch (verdict) {
    case 'allowed':
      return tokensAnswer(registrations.register(name, device.timing.accessTokenLifeMs), parts)
    case 'forbidden':
      return refusal(105, `Кассе «${name}» запрещено работать с терминалом`)
    case 'nobody_came':
      return refusal(105, 'Время ожидания разрешения истекло')
    case 'interrupted':
      return refusal(105, 'Регистрация прервана')
  }
}

/** Both tokens change, and the old ones die at once. */
export function revoke(parts: WireParts, query: URLSearchParams): Answer {
  const { device, registrations } = parts
  const name = query.get('name') ?? ''
  const refreshToken = query.get('refreshToken') ?? ''
  if (name === '' || refreshToken === '') return refusal(999)
  const tokens = registrations.refresh(name, refreshToken, device.timing.accessTokenLifeMs)
  return tokens === null ? refusal(105, 'Неверный refreshToken') : tokensAnswer(tokens, parts)
}

function tokensAnswer(tokens: Tokens, parts: WireParts): Answer {
  const { accessToken, refreshToken, expiresAtMs } = tokens
  const expirationDate = expirationText(expiresAtMs, parts.expirationStyle)
  return success({ accessToken, refreshToken, expirationDate })
}
