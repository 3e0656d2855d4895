// The OpenAPI document of the whole API, generated from the schemas that validate. Its opening text is
// the integrator's guide itself, docs/guide/integrating.md.

import { readFileSync } from 'node:fs'
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { describe, type RightOf } from './describe.ts'
import { errorExamples } from './error-answers.ts'
import { DOCS } from './examples.ts'
import type { OpenApiDocument } from './openapi.ts'
import { adminOperations } from './operations/admins.ts'
import { alertOperations } from './operations/alerts.ts'
import { auditOperations } from './operations/audit.ts'
import { deliveryOperations } from './operations/deliveries.ts'
import { deskOperations } from './operations/desks.ts'
import { figureOperations } from './operations/figures.ts'
import { healthOperations } from './operations/health.ts'
import { loginOperations } from './operations/login.ts'
import { ownLoginOperations } from './operations/own-login.ts'
import { payPageOperations } from './operations/pay-page.ts'
import { paymentMethodOperations } from './operations/payment-methods.ts'
import { paymentOperations } from './operations/payments.ts'
import { placeOperations } from './operations/places.ts'
import { qrConnectionOperations } from './operations/qr-connections.ts'
import { refundOperations, staffRefundOperations } from './operations/refunds.ts'
import { savedViewOperations } from './operations/saved-views.ts'
import { settingOperations } from './operations/settings.ts'
import { setupOperations } from './operations/setup.ts'
import { sourceOperations } from './operations/sources.ts'
import { staffMethodOperations } from './operations/staff-methods.ts'
import { statementOperations } from './operations/statements.ts'
import { terminalCameraOperations } from './operations/terminal-cameras.ts'
import { terminalDutyOperations } from './operations/terminal-duty.ts'
import { terminalOperations } from './operations/terminals.ts'
import { textOperations } from './operations/texts.ts'
import { transactionOperations } from './operations/transactions.ts'
import { webhooks } from './operations/webhook.ts'
import { withExamples } from './prose.ts'
import type { RouteRight } from './staff-access.ts'
import { TAG_GROUPS, TAGS } from './tags.ts'

/** The contract's own: it moves when a documented field does, not with each release. */
const API_VERSION = '1.0.0'

const INFO = {
  title: 'ByFly Pay',
  version: API_VERSION,
  contact: { name: 'Поддержка ByFly Pay', email: 'support@byfly.kz' },
}

const OPERATIONS = {
  ...paymentOperations,
  ...refundOperations,
  ...paymentMethodOperations,
  ...payPageOperations,
  ...healthOperations,
  ...loginOperations,
  ...ownLoginOperations,
  ...setupOperations,
  ...transactionOperations,
  ...savedViewOperations,
  ...deliveryOperations,
  ...figureOperations,
  ...sourceOperations,
  ...terminalOperations,
  ...qrConnectionOperations,
  ...terminalDutyOperations,
  ...terminalCameraOperations,
  ...staffMethodOperations,
  ...placeOperations,
  ...adminOperations,
  ...settingOperations,
  ...alertOperations,
  ...auditOperations,
  ...textOperations,
  ...deskOperations,
  ...statementOperations,
  ...staffRefundOperations,
}

const COMPONENTS = {
  securitySchemes: {
    apiToken: {
      type: 'apiKey',
      in: 'header',
      name: 'X-API-Token',
      description: 'Токен источника: 64 знака, только для сервера',
    },
    staffToken: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'Токен сотрудника из `POST /api/auth/verify`, живёт 12 часов',
    },
  },
  parameters: {
    IdempotencyKey: {
      in: 'header',
      name: 'Idempotency-Key',
      description:
        'Свой у каждого действия, до 255 печатных знаков ASCII, например UUID. Повтор с тем же телом ' +
        'даёт тот же ответ и одно действие. Хранится сутки.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
      example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
    },
    LastEventId: {
      in: 'header',
      name: 'Last-Event-ID',
      description:
        '`id` последнего полученного события: придёт только то, что новее. Браузер передаёт его сам. ' +
        'Незнакомый номер не ошибка, придёт состояние целиком',
      schema: { type: 'string' },
      example: '3',
    },
  },
  examples: errorExamples(),
  headers: {
    XRequestId: {
      description: 'Номер запроса: назовите его поддержке',
      schema: { type: 'string', pattern: '^[0-9a-f]{24}$' },
      example: '5f0c2a9be41d7c03a86f1e22',
    },
    RetryAfter: {
      description: 'Через сколько секунд повторить',
      schema: { type: 'integer', minimum: 1 },
      example: 2,
    },
    IdempotentReplayed: {
      description:
        '`true` — ответ сохранён от первого запроса с этим ключом. Его QR-код мог уже истечь; новой ' +
        'попытке нужен новый ключ',
      schema: { type: 'string', enum: ['true'] },
    },
  },
}

function withReceivers() {
  const { post } = webhooks.payment
  return { payment: { post: { ...post, description: withExamples(post.description) } } }
}

/** For @fastify/swagger; registered before the routes, it works the document out when first asked. */
export function documentOptions(): FastifyDynamicSwaggerOptions {
  const openapi = {
    openapi: '3.1.0',
    info: INFO,
    servers: [{ url: '/', description: 'Этот центр' }],
    security: [{ apiToken: [] }],
    tags: TAGS,
    components: COMPONENTS,
  }
  const rights = new Map<string, RouteRight>()
  const rightOf: RightOf = (method, path) => rights.get(`${method} ${path}`) ?? null
  return {
    // The library's types know less of 3.1 than the library does.
    openapi: openapi as unknown as NonNullable<FastifyDynamicSwaggerOptions['openapi']>,
    convertConstToEnum: false,
    // It changes nothing: here the library shows each route whole, and nowhere else.
    transform: ({ schema, url, route }) => {
      const right = route.config?.right
      const path = url.replace(/:(\w+)/g, '{$1}')
      if (right !== undefined) rights.set(`${route.method} ${path}`, right)
      return { schema, url }
    },
    transformObject: (made) => {
      const routes = ('openapiObject' in made ? made.openapiObject : {}) as OpenApiDocument
      const guide = readFileSync(`${DOCS}guide/integrating.md`, 'utf8')
      const info = { ...INFO, description: withExamples(guide) }
      const whole = { ...routes, info, webhooks: withReceivers(), 'x-tagGroups': TAG_GROUPS }
      return describe(whole, OPERATIONS, rightOf)
    },
  }
}
