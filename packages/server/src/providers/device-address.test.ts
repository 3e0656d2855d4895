import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { deviceOrigin, parseDeviceAddress } from './device-address.ts'

test('N6: the forms in which people write an address', () => {
  const rows: [string, number | null, string][] = [
    ['192.168.1.20', null, 'http://192.168.1.20:8080'],
    ['192.168.1.20', 130, 'http://192.168.1.20:130'],
    ['http://192.168.1.20', 130, 'http://192.168.1.20:130'],
    ['http://192.168.1.20:130/', null, 'http://192.168.1.20:130'],
    ['192.168.1.20:130', 130, 'http://192.168.1.20:130'],
    [' HTTPS://Pos-7.KaspiPos.kz ', null, 'https://pos-7.kaspipos.kz:8080'],
    ['kassa', null, 'http://kassa:8080'],
    ['2001:db8::7', 9000, 'http://[2001:db8::7]:9000'],
    ['[2001:DB8::7]', null, 'http://[2001:db8::7]:8080'],
    ['[2001:db8::7]:130', null, 'http://[2001:db8::7]:130'],
    ['https://2001:db8::7', null, 'https://[2001:db8::7]:8080'],
    ['http://[::ffff:10.0.0.1]:1/', null, 'http://[::ffff:10.0.0.1]:1'],
  ]
  for (const [text, port, origin] of rows) {
    const address = parseDeviceAddress(text, port)
    assert.ok(address, text)
    assert.equal(deviceOrigin(address), origin)
  }
})

test('N6: what is not plainly one host is refused', () => {
  const refused = ['', 'ftp://host', 'http://', 'host/path', 'host?x=1', 'host#x', 'user@host']
  const odd = ['2130706433', '0x7f.1', '0177.0.0.1', '127.1', '1.2.3.4.5', '999.1.1.1', 'a.0x1']
  const broken = ['-a', 'a-', 'a..b', 'localhost.', '①②⑦.0.0.1', 'касса', 'a b', '[::1', '::1]']
  const ports = ['host:0', 'host:65536', 'host:', 'host:1:2', '[fe80::1%eth0]', 'fe80::1%eth0']
  for (const text of [...refused, ...odd, ...broken, ...ports, `${'a'.repeat(64)}.kz`]) {
    assert.equal(parseDeviceAddress(text, null), null, text)
  }
  for (const port of [0, -1, 65_536, 1.5, Number.NaN]) {
    assert.equal(parseDeviceAddress('host', port), null, String(port))
  }
  assert.equal(parseDeviceAddress('host:130', 131), null)
})

test('whatever is read, a URL parser reads the same host and port', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.webAuthority()), (text) => {
      const address = parseDeviceAddress(text, null)
      if (address === null) return
      const url = new URL(deviceOrigin(address))
      const isIpv6 = address.host.includes(':')
      if (!isIpv6) assert.equal(url.hostname, address.host)
      assert.equal(Number(url.port || 80), address.port)
      assert.deepEqual(parseDeviceAddress(deviceOrigin(address), null), address)
    }),
  )
})
