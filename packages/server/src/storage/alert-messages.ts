// Messages about alerts on their way: by SMS through the outbox of SMS, to messengers through their own. A
// message is written once, whoever writes it, in the transaction of the news itself.

import { DAY_MS, utcTime } from '@byfly-pay/core'
import type { AlertStore, DueMessage, NewMessage } from '../ports/alert-store.ts'
import type { Vault } from '../ports/centre.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/** An SMS about what was so a day ago helps nobody. */
const TEXT_LIFE_MS = DAY_MS

const ADD_TEXT: Statement = {
  name: 'text_add_alert',
  text: `
    WITH added AS (
      INSERT INTO texts (id, kind, admin_id, sealed_to, sealed_text, masked_to, next_at, expires_at,
        alert_id, alert_news)
      VALUES (new_id(), 'alert', $1, $2, $3, $4, $5::timestamptz,
        $5::timestamptz + $6::integer * interval '1 millisecond', $7, $8)
      ON CONFLICT DO NOTHING
      RETURNING id
    )
    SELECT pg_notify('centre', 'text_due') FROM added`,
}

const ADD: Statement = {
  name: 'alert_message_add',
  text: `
    WITH added AS (
      INSERT INTO alert_messages (alert_id, news, channel, address, text, next_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT DO NOTHING
      RETURNING id
    )
    SELECT pg_notify('centre', 'alert_due') FROM added`,
}

/** What nobody was sent yet is taken back; who was sent something is told the end of it. */
const SUPERSEDE: Statement = {
  name: 'alert_messages_supersede',
  text: `
    WITH back AS (
      UPDATE alert_messages SET state = 'superseded', next_at = NULL, ended_at = centre_now()
      WHERE alert_id = $1 AND state = 'waiting' AND tries = 0
      RETURNING id
    ),
    back_texts AS (
      UPDATE texts SET state = 'superseded', sealed_to = NULL, sealed_text = NULL, next_at = NULL,
        sending_since = NULL, ended_at = centre_now()
      WHERE alert_id = $1 AND state = 'waiting' AND tries = 0
      RETURNING id
    )
    SELECT channel, NULL::integer AS admin_id, address FROM alert_messages
    WHERE alert_id = $1 AND news = 'opened' AND id NOT IN (SELECT id FROM back)
      AND state IN ('waiting', 'sent')
    UNION ALL
    SELECT 'sms', t.admin_id, a.phone FROM texts t JOIN admins a ON a.id = t.admin_id
    WHERE t.alert_id = $1 AND t.alert_news = 'opened' AND t.id NOT IN (SELECT id FROM back_texts)
      AND t.state IN ('waiting', 'sending', 'accepted', 'unknown') AND a.is_active`,
}

const CLAIM_DUE: Statement = {
  name: 'alert_messages_claim_due',
  text: `
    UPDATE alert_messages SET tries = tries + 1,
      next_at = centre_now() + $2::integer * interval '1 millisecond'
    WHERE id IN (
      SELECT id FROM alert_messages WHERE state = 'waiting' AND next_at <= (SELECT centre_now())
      ORDER BY next_at
      FOR UPDATE SKIP LOCKED
      LIMIT $1)
    RETURNING id, channel, address, text, tries`,
}

const SETTLE: Statement = {
  name: 'alert_message_settle',
  text: `
    UPDATE alert_messages SET state = $2, fault = $3, next_at = NULL, ended_at = centre_now()
    WHERE id = $1 AND state = 'waiting'`,
}

const SEND_AGAIN: Statement = {
  name: 'alert_message_send_again',
  text: `
    UPDATE alert_messages SET fault = $3,
      next_at = centre_now() + $2::integer * interval '1 millisecond'
    WHERE id = $1 AND state = 'waiting'`,
}

type Messages = Pick<AlertStore, 'addMessage' | 'supersede' | 'claimDue' | 'settle' | 'sendAgain'>

export function alertMessages(session: Session, vault: Vault): Messages {
  return {
    addMessage: (tx, message) => addMessage(sessionOf(tx), vault, message),
    async supersede(tx, alertId) {
      interface Row {
        readonly channel: NewMessage['destination']['channel']
        readonly admin_id: number | null
        readonly address: string
      }
      const rows = await sessionOf(tx).rows<Row>(SUPERSEDE, [alertId])
      return rows.map(({ address, admin_id: adminId, channel }) => ({ channel, adminId, address }))
    },
    claimDue: (limit, holdMs) => session.rows<DueMessage>(CLAIM_DUE, [limit, holdMs]),
    async settle(id, state, fault) {
      await session.rows(SETTLE, [id, state, fault])
    },
    async sendAgain(id, nextInMs, fault) {
      await session.rows(SEND_AGAIN, [id, nextInMs, fault])
    },
  }
}

async function addMessage(session: Session, vault: Vault, message: NewMessage): Promise<void> {
  const { alertId, destination, news, sendAtMs, text } = message
  const { address, adminId, channel } = destination
  const sendAt = utcTime(sendAtMs)
  if (channel !== 'sms') {
    await session.rows(ADD, [alertId, news, channel, address, text, sendAt])
    return
  }
  const sealed = [vault.seal(address), vault.seal(text)]
  const masked = `${address.slice(0, 4)}•••${address.slice(-2)}`
  await session.rows(ADD_TEXT, [adminId, ...sealed, masked, sendAt, TEXT_LIFE_MS, alertId, news])
}
