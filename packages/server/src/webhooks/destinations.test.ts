// The table of A7: every way to name an inside address that we know of, refused before a socket.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createDestinations, isPublicAddress, type UrlRefusal } from './destinations.ts'

const closed = createDestinations([])
const demo = createDestinations(['127.0.0.0/8', '::1/128'])

/** Hosts as they stand in a URL, each with why it is refused. */
const FORBIDDEN_HOSTS: readonly (readonly [UrlRefusal, ...string[]])[] = [
  // Loopback, plainly and in each notation that a URL reader turns into it.
  ['address', '127.0.0.1', '127.255.255.254', '127.1', '127.0.1', '2130706433', '0x7f000001'],
  ['address', '0x7f.0.0.1', '0177.0.0.1', '017700000001', '0x7f.1', '0X7F.0x0.0.0x1', '127.0.0.1.'],
  ['address', '①②⑦.⓪.⓪.①', '127。0。0。1', '１２７.0.0.1', '%31%32%37.0.0.1', '127.0.0.1:8080'],
  [
    'address',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
  ],
  // Unspecified: connects to the machine itself.
  ['address', '0.0.0.0', '0', '0x0', '0.1.2.3', '[::]'],
  // Private, shared, link-local.
  ['address', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '0xa.1'],
  ['address', '192.168.1', '3232235777', '100.64.0.1', '100.127.255.255', '169.254.1.1'],
  ['address', '[fe80::1]', '[febf::1]', '[fec0::1]', '[fc00::1]', '[fd12:3456:789a::1]'],
  // Metadata.
  ['address', '169.254.169.254', '2852039166', '0xa9fea9fe', '[::ffff:a9fe:a9fe]', '169.254.170.2'],
  ['address', '100.100.100.200', '168.63.129.16', '192.0.0.192', '[fd00:ec2::254]'],
  // IPv4 carried in IPv6: NAT64 of both kinds, 6to4, Teredo, translated, mapped public ones.
  ['address', '[64:ff9b::7f00:1]', '[64:ff9b::10.0.0.1]', '[64:ff9b:1::a00:1]', '[2002:7f00:1::]'],
  ['address', '[2002:c0a8:101::1]', '[2001::1]', '[2001:0:53aa:64c:0:0:80ff:fffe]'],
  ['address', '[::ffff:0:127.0.0.1]', '[::ffff:8.8.8.8]', '[64:ff9b::8.8.8.8]'],
  // Multicast, broadcast, documentation, benchmarks, reserved, discard.
  ['address', '224.0.0.1', '239.255.255.255', '255.255.255.255', '[ff02::1]', '192.0.2.1'],
  [
    'address',
    '198.51.100.7',
    '203.0.113.9',
    '[2001:db8::1]',
    '[3fff::1]',
    '198.18.0.1',
    '240.0.0.1',
  ],
  ['address', '192.0.0.1', '192.88.99.1', '[100::1]', '[2001:2::1]', '[4000::1]', '[5f00::1]'],
  // Names of the machine and of inside networks; a dot at the end changes nothing.
  ['host', 'localhost', 'LOCALHOST', 'ⓛocalhost', 'localhost.', 'a.localhost', 'a.b.localhost.'],
  [
    'host',
    'loc\u00adalhost',
    'metadata',
    'kubernetes',
    'metadata.google.internal',
    'printer.local',
  ],
  ['host', 'host.docker.internal', 'nas.home.arpa', 'a.localdomain', 'example.com.'],
  ['userinfo', 'user:secret@example.com', 'example.com@127.0.0.1', '@example.com', 'a@[::1]'],
  ['port', 'example.com:0', '8.8.8.8:00'],
  ['malformed', '', '/example.com', '1.2.3.4.5', '256.1.1.1', 'a.0x4', '[::1', '[fe80::1%25eth0]'],
  ['malformed', 'exa mple.com', 'exa\tmple.com', 'example.com\\@127.0.0.1', 'a\u0000b.com'],
  ['malformed', 'example.com:65536', 'example.com:port', 'example.com/\n', 'example.com/\ud800'],
]

describe('refusalOf', () => {
  const hosts = FORBIDDEN_HOSTS.flatMap(([why, ...each]) =>
    each.map((host) => [why, host] as const),
  )

  it('refuses every way to name an inside address', () => {
    assert.ok(hosts.length >= 60)
    for (const [why, host] of hosts) {
      const url = `https://${host}/hook`
      assert.equal(closed.refusalOf(url), why, `${JSON.stringify(url)} of ${why}`)
    }
  })

  it('lets https to the public through, whatever the port and the notation', () => {
    const hosts = [
      'example.com',
      'pay.example.com:8443',
      'EXAMPLE.COM',
      'пример.рф',
      '8.8.8.8',
      '1.1',
    ]
    hosts.push('[2606:4700:4700::1111]', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1')
    hosts.push('my_shop.example.com', 'localhost.example.com', 'notlocalhost.kz', '11.0.0.1')
    for (const host of hosts) {
      for (const path of ['', '/', '/hook?order=1&at=a@b#part', '/путь']) {
        assert.equal(closed.refusalOf(`https://${host}${path}`), null, host + path)
      }
    }
  })

  it('refuses every scheme but https, http too while nothing inside is configured', () => {
    const urls = [
      'http://example.com/',
      'http://8.8.8.8/',
      'ftp://example.com/',
      'file:///etc/passwd',
    ]
    urls.push(
      'javascript:alert(1)',
      'data:,x',
      'gopher://127.0.0.1/',
      'wss://example.com',
      'blob:x',
    )
    for (const url of urls) assert.equal(closed.refusalOf(url), 'scheme', url)
    for (const url of [
      '',
      'example.com',
      '//example.com/',
      ' https://example.com',
      'https:example.com',
      'https:example.com/https://example.com',
    ])
      assert.equal(closed.refusalOf(url), 'malformed', url)
  })

  it('bounds the length', () => {
    const base = 'https://example.com/'
    assert.equal(closed.refusalOf(base.padEnd(2048, 'a')), null)
    assert.equal(closed.refusalOf(base.padEnd(2049, 'a')), 'too_long')
  })
})

describe('networks that were configured', () => {
  it('open the listed addresses over http and https, and no others', () => {
    for (const host of ['127.0.0.1:4010', '127.1', '[::1]:4010', 'localhost:4010', 'a.localhost']) {
      assert.equal(demo.refusalOf(`http://${host}/hook`), null, host)
      assert.equal(demo.refusalOf(`https://${host}/hook`), null, host)
    }
    for (const host of [
      '10.0.0.1',
      '169.254.169.254',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
      '8.8.8.8',
    ]) {
      assert.equal(demo.refusalOf(`http://${host}/hook`), 'address', host)
    }
    assert.equal(demo.refusalOf('https://8.8.8.8/hook'), null)
    assert.equal(demo.refusalOf('http://localhost./hook'), 'host')
  })

  it('open localhost when either of its addresses is listed', () => {
    for (const network of ['127.0.0.0/8', '::1/128']) {
      assert.equal(createDestinations([network]).refusalOf('http://localhost/'), null, network)
    }
  })

  it('allow nothing that is no whole address', () => {
    for (const text of ['', '127.1', 'localhost']) assert.ok(!demo.allowsAddress(text, 'https:'))
  })

  it('let names of inside networks pass until they are resolved', () => {
    const office = createDestinations(['10.1.0.0/16'])
    assert.equal(office.refusalOf('http://crm:8080/hook'), null)
    assert.equal(office.refusalOf('https://crm.local/hook'), null)
    assert.equal(office.refusalOf('http://localhost/hook'), 'host')
    assert.ok(office.allowsAddress('10.1.2.3', 'http:'))
    assert.ok(!office.allowsAddress('10.2.0.1', 'https:'))
    assert.ok(!office.allowsAddress('93.184.215.14', 'http:'))
  })

  it('never open the metadata addresses, not even when all of IPv4 is listed', () => {
    const open = createDestinations(['0.0.0.0/0', '::/0'])
    assert.equal(open.refusalOf('http://192.168.0.1/'), null)
    for (const address of [
      '169.254.169.254',
      '168.63.129.16',
      '100.100.100.200',
      'fd00:ec2::254',
    ]) {
      assert.ok(!open.allowsAddress(address, 'https:'), address)
    }
  })

  it('are named when one of them is no CIDR', () => {
    for (const entry of ['', '10.0.0.1', '10.0.0.0/33', 'localhost', '::/129', '10.0.0.0/-1']) {
      const message = `Не сеть в записи CIDR: ${entry}`
      assert.throws(() => createDestinations(['127.0.0.0/8', entry]), { message })
    }
  })
})

describe('isPublicAddress', () => {
  it('takes only what a resolver answers: whole addresses, public ones', () => {
    for (const address of ['93.184.215.14', '2a00:1450:4010:c0f::71']) {
      assert.ok(isPublicAddress(address), address)
    }
    for (const address of [
      '',
      '1.1',
      '0x08.8.8.8',
      '010.8.8.8',
      'fe80::1%eth0',
      'example.com',
      '::',
    ]) {
      assert.ok(!isPublicAddress(address), address)
    }
  })
})
