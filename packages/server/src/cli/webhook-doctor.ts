// `byfly webhook doctor`: marked test events to a source's receiver, and what each answer says of it.

import { SECOND_MS, type Verdict } from '@byfly-pay/core'
import { type CheckOutcome, checkReceiver } from '../notices/check-receiver.ts'
import { CASE_TITLES, findingWords } from '../notices/webhook-words.ts'
import { operator } from './operator.ts'
import { say } from './output.ts'
import { CommandError, parseNumber, withCentre } from './with-centre.ts'

const MARKS: Readonly<Record<Verdict, string>> = { well: '✓', warning: '!', bad: '✗', skipped: '·' }

export function checkReceiverNow(idText: string, flags: { readonly url?: string }): Promise<void> {
  const id = parseNumber(idText, 'id')
  return withCentre(async (centre) => {
    const outcome = await checkReceiver(centre, operator(), id, flags.url ?? null)
    if (outcome.kind !== 'checked') throw new CommandError(complaintOf(outcome, id))
    say(outcome.check.endpoint)
    for (const checked of outcome.check.cases) {
      const { cure, why } = findingWords(checked, checked)
      const took = checked.tookMs === null ? '' : ` (${checked.tookMs} мс)`
      say(`${MARKS[checked.verdict]} ${CASE_TITLES[checked.case].padEnd(22)} ${why}${took}`)
      if (cure !== '') say(`  ${cure}`)
    }
    if (outcome.check.cases.some(({ verdict }) => verdict === 'bad')) process.exitCode = 1
  })
}

function complaintOf(
  outcome: Exclude<CheckOutcome, { readonly kind: 'checked' }>,
  id: number,
): string {
  switch (outcome.kind) {
    case 'not_found':
      return `Источника ${id} нет`
    case 'no_url':
      return 'У источника нет адреса вебхуков: задайте --url'
    case 'forbidden_url':
      return '--url: нужен https-адрес, доступный из интернета'
    case 'too_often':
      return `Слишком часто: повторите через ${Math.ceil(outcome.waitMs / SECOND_MS)} с`
  }
}
