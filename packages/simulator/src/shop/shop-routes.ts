// The shop over HTTP: the address that webhooks of the demo go to, the window to look at them, its account
// at the centre, and its orders.
import { BadInput, fieldsOf, optionalInteger, optionalText, required } from '../http/bad-input.ts'
import { jsonReply, type Reply, refusalReply } from '../http/reply.ts'
import type { Route } from '../http/router.ts'
import type { Told } from './merchant.ts'
import type { Shop } from './shop.ts'

/** A payment's transaction_id. */
const NUMBER = /^[0-9A-F]{32}$/i
const MAX_TENGE = 1_000_000_000
const MAX_DESCRIPTION = 500
const MAX_SETTING = 500

export function shopRoutes(shop: Shop): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/shop/webhook',
      handle: ({ headers, text, body }) => {
        shop.receive(headers, text, body)
        return jsonReply(200, { success: true })
      },
    },
    {
      method: 'GET',
      path: '/shop/webhooks',
      handle: ({ query }) => jsonReply(200, { webhooks: shop.webhooks(query.get('secret')) }),
    },
    {
      method: 'POST',
      path: '/shop/account',
      handle: ({ body }) => {
        shop.open(readAccount(body))
        return jsonReply(200, { success: true })
      },
    },
    {
      method: 'POST',
      path: '/shop/orders',
      handle: async ({ body }) => {
        const fields = fieldsOf(body, ['amount_tenge', 'description'])
        const amount = optionalInteger(fields, 'amount_tenge', 1, MAX_TENGE)
        const description = optionalText(fields, 'description', MAX_DESCRIPTION) ?? ''
        const order = await shop.order(required(amount, 'amount_tenge'), description)
        return toldReply(order, (data) => ({ order: data }))
      },
    },
    {
      method: 'POST',
      path: '/shop/orders/:id/refund',
      handle: async ({ path }) => {
        const id = path['id'] ?? ''
        if (!NUMBER.test(id)) return refusalReply(404, 'Такого заказа нет')
        return toldReply(await shop.refund(id), (data) => ({ refund: data }))
      },
    },
  ]
}

function readAccount(body: unknown) {
  const fields = fieldsOf(body, ['base_url', 'api_token', 'webhook_secret'])
  const text = (name: string) => required(optionalText(fields, name, MAX_SETTING), name)
  const baseUrl = text('base_url')
  if (!URL.canParse(baseUrl)) throw new BadInput('Поле «base_url»: нужен адрес центра')
  return { baseUrl, apiToken: text('api_token'), webhookSecret: text('webhook_secret') }
}

/** What the centre refused is refused in its own words. */
function toldReply<Data>(told: Told<Data>, show: (data: Data) => object): Reply {
  return told.ok
    ? jsonReply(200, { success: true, ...show(told.data) })
    : refusalReply(told.status, told.message)
}
