// English: what is said of a terminal, its test and its registration.

import type { TerminalWords } from './shape.ts'

const REGISTER = 'Register the terminal and press “Разрешить” on its screen'
const AUTOMATIC_TIME = 'Turn on automatic date and time on the terminal'

export const en: TerminalWords = {
  network: {
    connected: (ms) => `Connected in ${ms} ms`,
    slow: {
      message: (ms) => `The connection is slow: ${ms} ms`,
      cure: 'Check the terminal’s Wi-Fi or cable',
    },
    forbidden: {
      message: 'The terminal’s address is outside the networks where devices are allowed',
      cure: 'Check the address or add its network to BYFLY_DEVICE_NETWORKS',
    },
    refused: {
      message: 'The terminal does not accept a connection',
      cure: 'Check power, network, address and port: the address may change with a restart',
    },
  },
  tls: {
    plain: 'The terminal speaks plain http, without encryption',
    unseen: 'No connection: no certificate is seen',
    none: {
      message: 'The terminal showed no certificate',
      cure: 'Check that the address begins with https',
    },
    unchecked: {
      message: (print) => `The certificate is not checked, fingerprint ${print}`,
      cure: 'Set the terminal to pinned: now anybody in this network can pretend to be it',
    },
    changed: {
      message: (print) => `The certificate has changed, fingerprint ${print}`,
      cure: 'If you changed it, trust the new one; if not, check that it is the same terminal',
    },
    untrusted: {
      message: 'The certificate does not pass the check',
      cure: 'Give an address under kaspipos.kz or set the terminal to pinned',
    },
    right: (tls, print) => `The certificate is right (${tls}), fingerprint ${print}`,
    until: {
      message: (end) => `, valid until ${end}`,
      cure: 'The terminal will soon show a new certificate that must be trusted',
    },
  },
  token: {
    refused: { message: 'The terminal does not accept the centre’s token', cure: REGISTER },
    expired: {
      message: 'The token is no longer valid and could not be exchanged',
      cure: `Test again in a minute. ${REGISTER} if that does not help`,
    },
    notAsked: 'The terminal asks for no token: integration protection is off',
    none: 'There is no token, and whether the terminal asks for one is not seen',
    ranOut: {
      message: (end) => `The token ran out ${end}`,
      cure: 'The centre exchanges it as soon as the terminal answers',
    },
    until: (end) => `The token is valid until ${end} and renews by itself`,
  },
  device: {
    atWork: 'An operation is running on the terminal: it is not asked now',
    well: (ms, api) => `The terminal answers in ${ms} ms, API ${api}`,
    other: {
      message: 'Another terminal answers at this address: the serial number has changed',
      cure: 'If the terminal was replaced, all is well; if not, check the address',
    },
    noInternet: {
      message: 'The terminal has no internet',
      cure: 'Check Wi-Fi or the SIM card on the terminal itself',
    },
    failing: {
      message: 'The terminal answers with an error',
      cure: 'Look at its screen and restart the Kaspi Pay app on it',
    },
    stranger: {
      message: 'What answers at this address is no Kaspi terminal',
      cure: 'Check address and port',
    },
    noToken: 'Without a valid token the terminal tells nothing of itself',
    certificate: 'The connection was refused because of the certificate',
    silent: {
      message: 'The terminal accepts the connection and stays silent',
      cure: 'Restart the Kaspi Pay app on it',
    },
    unreachable: 'No connection',
  },
  clock: {
    unseen: 'The terminal did not show its time',
    right: 'The terminal’s clock is right',
    fast: {
      message: (minutes) => `The terminal’s clock is ${minutes} min fast`,
      cure: AUTOMATIC_TIME,
    },
    slow: {
      message: (minutes) => `The terminal’s clock is ${minutes} min slow`,
      cure: AUTOMATIC_TIME,
    },
  },
  camera: {
    none: 'No camera: the terminal takes payments on the spot only',
    failed: {
      message: 'The camera gives no picture',
      cure: 'Check the camera’s address, open it in a browser: it must show a picture, a stream or JSON',
    },
    well: 'The camera answers',
    codeSeen: 'The camera answers, a code is seen in the frame',
    hints: {
      too_dark: {
        message: 'The frame is dark',
        cure: 'If the terminal’s screen has not gone out, add light or make it brighter',
      },
      too_bright: {
        message:
          'The camera gives a frame, a part of it all white. If the QR is not read, remove the glare or the lamp',
        cure: null,
      },
      blurred: {
        message: 'The frame is out of focus',
        cure: 'Wipe the lens, set the focus or the distance',
      },
      no_code: { message: 'The camera gives a sharp frame, no code is in it now', cure: null },
    },
  },
  qr: {
    read: 'The Kaspi QR on the screen was read',
    foreign: {
      message: 'The camera sees a code that is no Kaspi QR',
      cure: 'Check that it looks at the right screen and remove other codes from the frame',
    },
    none: 'No code is on the screen now: the first payment will show',
    cameraSilent: 'The camera does not answer',
  },
  stop: {
    can: 'The terminal stops an operation when the centre asks',
    cannot: {
      message: 'The terminal cannot stop an operation: the customer keeps a live QR to its end',
      cure: 'It can be cancelled by the button on the terminal itself',
    },
    unknown: 'Not known yet: the first cancellation will show',
  },
  look: {
    findings: {
      well: 'The terminal is online',
      no_internet: 'The terminal answers, but has no internet',
      failing: 'The terminal answers, but reports an error',
      not_registered: 'The terminal answers, but does not know the centre: register it',
      token_expired: 'The terminal answers, but the token is no longer valid',
      stranger: 'What answers at this address is no Kaspi terminal',
      certificate_changed: 'The terminal’s certificate has changed: the connection was refused',
      certificate_untrusted:
        'The terminal’s certificate does not pass the check: it takes an address under kaspipos.kz or pinned',
      forbidden_address: 'The terminal’s address is outside the networks where devices are allowed',
      unreachable: 'The terminal does not answer: check power, network and address',
    },
    uncheckedClause: '; the certificate is not checked',
    cameraClause: {
      ok: '; the camera works',
      failed: '; the camera gives no picture',
      none: '; there is no camera',
    },
    tooSlow: 'The terminal did not answer within 5 seconds.',
    connected: 'The terminal is online.',
    silent: 'The terminal does not answer.',
    busy: 'An operation is running.',
    resultUnknown:
      'Quarantine: the result of an operation is unknown and is being asked for again.',
    startLost: 'Quarantine: the answer to a start was lost, the operation may have begun.',
    foreignOperation: 'Quarantine: an operation that the centre did not start was on the terminal.',
    switchedOff: 'Switched off in the settings.',
    suspended: 'Suspended until a self-test.',
    takenOut: 'Taken out of work.',
  },
  bank: {
    findings: {
      well: 'The bank answers, the trade point was found.',
      no_trade_point:
        'The bank answers, but the organization has no such trade point: check its number.',
      not_registered:
        'The bank does not let the centre in: check key, certificate and BIN and register the connection.',
      token_expired: 'The bank does not know the device any more: register the connection anew.',
      failing: 'The bank answers with an error.',
      no_internet: 'The bank answers with an error.',
      stranger: 'What answers at this address is not Kaspi QR API.',
      certificate_unread:
        'The certificate’s files cannot be read: check names, password and folder on this server.',
      certificate_changed:
        'The certificate of the bank’s server has changed: the connection was refused.',
      certificate_untrusted: 'The certificate of the bank’s server does not pass the check.',
      forbidden_address: 'The bank’s address is outside the networks where devices are allowed.',
      unreachable: 'The bank does not answer: check address, network and certificate.',
    },
    registration: {
      registered: 'The connection is registered, payments can be taken.',
      refused: 'The bank refused: check key or certificate, BIN and trade point.',
      busy: 'The bank is busy, try again later.',
      not_connected:
        'The bank does not accept a connection: check address, network and the certificate’s files.',
      no_answer: 'The bank did not answer, try again later.',
      certificate_changed:
        'The certificate of the bank’s server has changed: the connection was refused.',
    },
  },
  registration: {
    registered: {
      message: 'The terminal is registered, the token is kept and renews by itself',
      cure: null,
    },
    refused: {
      message: 'The terminal refused: “Запретить” was pressed, or it knows this name already',
      cure: 'Remove the centre’s name on the terminal (“Запретить”) and try again, or take another name',
    },
    busy: {
      message: 'An operation is running on the terminal',
      cure: 'Wait for its end and try again',
    },
    not_connected: {
      message: 'There is no connection to the terminal',
      cure: 'Test the terminal: that shows what is in the way',
    },
    certificate_changed: {
      message: 'The terminal’s certificate has changed: the connection was refused',
      cure: 'If you changed the certificate, trust the new one and register again',
    },
    no_answer: {
      message: 'No answer: nothing was pressed on the screen, or the answer was lost',
      cure: 'Try again and press “Разрешить”; if the terminal refuses, remove the centre’s name on it',
    },
  },
}
