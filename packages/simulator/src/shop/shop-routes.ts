// The address that webhooks of the demo go to, and the window to look at them.
import { jsonReply } from '../http/reply.ts'
import type { Route } from '../http/router.ts'
import type { Shop } from './shop.ts'

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
  ]
}
