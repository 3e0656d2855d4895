// The SMS gateways on the control server, the window to look at what they took, and their faults.

import {
  fieldsOf,
  optionalBoolean,
  optionalInteger,
  optionalWord,
  required,
} from '../http/bad-input.ts'
import { jsonReply, refusalReply } from '../http/reply.ts'
import type { Route } from '../http/router.ts'
import { GATEWAYS, SMS_FAULTS, type SmsGateways } from './gateway.ts'
import { mobizonRoutes } from './mobizon.ts'
import { smscRoutes } from './smsc.ts'

const MAX_TIMES = 1_000_000
const MAX_CODE = 9_999

export function smsRoutes(gateways: SmsGateways): readonly Route[] {
  return [
    ...smscRoutes(gateways),
    ...mobizonRoutes(gateways),
    {
      method: 'GET',
      path: '/sms/messages',
      handle: () => jsonReply(200, { messages: gateways.messages }),
    },
    {
      method: 'POST',
      path: '/sms/faults',
      handle: ({ body }) => {
        const fields = fieldsOf(body, ['gateway', 'fault', 'code', 'times', 'accepts'])
        const gateway = required(optionalWord(fields, 'gateway', GATEWAYS), 'gateway')
        const isArmed = gateways.arm(gateway, {
          fault: required(optionalWord(fields, 'fault', SMS_FAULTS), 'fault'),
          code: optionalInteger(fields, 'code', 1, MAX_CODE) ?? 1,
          times: optionalInteger(fields, 'times', 1, MAX_TIMES) ?? 1,
          accepts: optionalBoolean(fields, 'accepts') ?? true,
        })
        return isArmed
          ? jsonReply(200, { success: true })
          : refusalReply(409, 'Слишком много сбоев ждёт своей очереди')
      },
    },
    {
      method: 'DELETE',
      path: '/sms/faults',
      handle: () => {
        gateways.clearFaults()
        return jsonReply(200, { success: true })
      },
    },
  ]
}
