// Какими способами могут заплатить ваши покупатели. Запуск: node methods.mjs
const { BYFLY_URL, BYFLY_API_TOKEN } = process.env

const response = await fetch(`${BYFLY_URL}/api/payment-methods`, {
  headers: { 'X-API-Token': BYFLY_API_TOKEN },
  signal: AbortSignal.timeout(30_000),
})
const answer = await response.json()
if (!answer.success) throw new Error(`${answer.code}: ${answer.message}`)
for (const { code, name, percent } of answer.data) console.log(code, `${percent} %`, name)
