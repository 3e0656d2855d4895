import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cameraRequest } from './camera-request.ts'
import { CAMERA_LIMITS } from './limits.ts'

function request(url: string, atMostMs: number | null = null) {
  return cameraRequest(url, CAMERA_LIMITS, atMostMs)
}

test('a look takes 10 s, or as long as the address polls', () => {
  assert.equal(request('http://cam/1')?.limitMs, 10_000)
  assert.equal(request('http://cam/1?timeout=30000')?.limitMs, 32_000)
  assert.equal(request('http://cam/1?timeout=999999')?.limitMs, 122_000)
  assert.equal(request('http://cam/1?timeout=999999')?.path, '/1?timeout=120000')
  assert.equal(request('http://cam/1?timeout=soon')?.limitMs, 10_000)
})

test('a check shortens the poll itself, so that an idle camera can say so in time', () => {
  const { path, limitMs } = request('http://cam/scan-qr/3?timeout=60000&x=1', 5_000) ?? {}
  assert.equal(path, '/scan-qr/3?timeout=2500&x=1')
  assert.equal(limitMs, 4_500)
  assert.equal(request('http://cam/1', 5_000)?.limitMs, 5_000)
})

test('user and password become a header, other schemes are no camera', () => {
  const basic = { authorization: `Basic ${Buffer.from('admin:p:s').toString('base64')}` }
  assert.deepEqual(request('http://admin:p%3As@cam:81/x')?.headers, basic)
  assert.equal(request('http://admin:p%3As@cam:81/x')?.origin, 'http://cam:81')
  assert.deepEqual(request('http://cam/x')?.headers, {})
  for (const url of ['', 'cam', 'ftp://cam/', 'file:///etc/passwd', 'rtsp://cam/', 'data:,x']) {
    assert.equal(request(url), null, url)
  }
})
