// Asks the centre beside it whether it can serve: 0 or 1, for a container's HEALTHCHECK, which has no curl. It
// sends nothing but that question, and always ends.

import { request as plain } from 'node:http'
import { request as secure } from 'node:https'

const ANSWER_MS = 4000
const EVERY_ADDRESS = ['', '0.0.0.0', '::']

const { BYFLY_TLS_CERT = '', HOST = '', PORT = '' } = process.env
const ask = BYFLY_TLS_CERT === '' ? plain : secure

const question = ask({
  host: EVERY_ADDRESS.includes(HOST) ? '127.0.0.1' : HOST,
  port: PORT || 3000,
  path: '/readyz',
  timeout: ANSWER_MS,
  // The certificate is for the name that customers use.
  rejectUnauthorized: false,
})
question.on('response', (answer) => {
  process.exitCode = answer.statusCode === 200 ? 0 : 1
  answer.resume()
})
question.on('timeout', () => question.destroy(new Error(`нет ответа за ${ANSWER_MS} мс`)))
question.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
question.end()
