import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDeviceNetworks } from './device-networks.ts'

const PORT = 8080

test('A8: without a list every network but this machine and the special ones is allowed', () => {
  const networks = createDeviceNetworks({ allowed: [] })
  const open = ['192.168.10.5', '10.0.0.1', '172.16.3.4', '100.64.0.9', '85.29.1.1', 'fd12::7']
  for (const address of [...open, '2a00:1450::1', '::ffff:192.168.10.5']) {
    assert.equal(networks.allows(address, PORT), true, address)
  }
  const closed = [
    ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '0.0.0.0', '0.1.2.3', '::'],
    ['169.254.169.254', '169.254.1.1', '::ffff:169.254.169.254', 'fe80::1', 'fe80::1%eth0'],
    ['100.100.100.200', '168.63.129.16', 'fd00:ec2::254', '224.0.0.1', 'ff02::1'],
    ['255.255.255.255', '64:ff9b::7f00:1', '2002:7f00:1::', '::127.0.0.1', '240.0.0.1'],
    ['', 'localhost', '2130706433', '0x7f000001', '127.1', '192.168.10.05', '１９２.168.1.1'],
  ].flat()
  for (const address of closed) assert.equal(networks.allows(address, PORT), false, address)
})

test('A8: with a list only its networks are allowed, loopback too when it is named', () => {
  const networks = createDeviceNetworks({ allowed: ['127.0.0.0/8', '192.168.10.0/24', '::1'] })
  for (const address of ['127.0.0.1', '::1', '192.168.10.255', '::ffff:127.0.0.1']) {
    assert.equal(networks.allows(address, PORT), true, address)
  }
  for (const address of ['192.168.11.1', '10.0.0.1', '8.8.8.8', 'fd12::7', '::2']) {
    assert.equal(networks.allows(address, PORT), false, address)
  }
})

test('A8: no list opens cloud metadata', () => {
  const networks = createDeviceNetworks({ allowed: ['0.0.0.0/0', '::/0', '169.254.0.0/16'] })
  for (const address of ['169.254.169.254', '::ffff:a9fe:a9fe', 'fd00:ec2::254', '0.0.0.0', '::']) {
    assert.equal(networks.allows(address, PORT), false, address)
  }
})

test('A8: no device is at a port of the centre itself', () => {
  const networks = createDeviceNetworks({ allowed: ['127.0.0.1'], refusedPorts: [5432] })
  assert.equal(networks.allows('127.0.0.1', 5432), false)
  assert.equal(networks.allows('127.0.0.1', 8080), true)
})

test('a network that is none stops the start with a sentence for the operator', () => {
  for (const text of ['192.168.10.0/33', 'home', '10.0.0.0/', '']) {
    assert.throws(() => createDeviceNetworks({ allowed: [text] }), /не похоже на сеть/)
  }
})
