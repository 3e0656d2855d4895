// The password of a camera in its form: written, never read back, and never sent anywhere new by itself.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  cameraChange,
  cameraFieldsOf,
  hasSecret,
  losesSecret,
} from '../../packages/web/console/src/terminals/camera-address.ts'

/** As the centre shows one that has a password. */
const SHOWN = 'http://***@192.168.1.60:3000/qr/1'
const ADDRESS = 'http://192.168.1.60:3000/qr/1'

test('a form that was only opened sends nothing, so the kept password stays', () => {
  const fields = cameraFieldsOf(SHOWN)
  assert.deepEqual(fields, {
    hasCamera: true,
    cameraUrl: ADDRESS,
    cameraUser: '',
    cameraSecret: '',
  })
  assert.equal(hasSecret(SHOWN), true)
  assert.equal(cameraChange(SHOWN, fields), undefined)
  assert.equal(cameraChange(ADDRESS, cameraFieldsOf(ADDRESS)), undefined)
  assert.equal(cameraChange(null, cameraFieldsOf(null)), undefined)
})

test('a new password goes with the address, its letters made safe for one', () => {
  const fields = { ...cameraFieldsOf(SHOWN), cameraUser: 'eye', cameraSecret: 'p@ss/word' }
  assert.equal(cameraChange(SHOWN, fields), 'http://eye:p%40ss%2Fword@192.168.1.60:3000/qr/1')
  assert.equal(losesSecret(SHOWN, fields), false)
})

test('another address does not take the kept password with it, and that is said', () => {
  const fields = { ...cameraFieldsOf(SHOWN), cameraUrl: 'http://192.168.1.61/' }
  assert.equal(losesSecret(SHOWN, fields), true)
  assert.equal(cameraChange(SHOWN, fields), 'http://192.168.1.61/')
})

test('a camera is taken away; what is no address is left for the centre to refuse', () => {
  assert.equal(cameraChange(SHOWN, { ...cameraFieldsOf(SHOWN), hasCamera: false }), null)
  const wrong = { ...cameraFieldsOf(null), hasCamera: true, cameraUrl: 'там', cameraSecret: 'x' }
  assert.equal(cameraChange(null, wrong), 'там')
})
