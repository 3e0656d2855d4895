// The wire of the payment centre: schemas by noun, the one error table, webhook signatures, a client.

export * from './admin/admins.ts'
export * from './admin/audit.ts'
export * from './client.ts'
export * from './envelope.ts'
export * from './errors.ts'
export * from './explained.ts'
export * from './live.ts'
export * from './pay-page.ts'
export * from './payment-methods.ts'
export * from './payments.ts'
export * from './webhook.ts'
export * from './webhook-signature.ts'
