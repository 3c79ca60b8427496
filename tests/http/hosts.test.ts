import { describe, expect, test } from 'vitest';
import { isOurHost, isSameOrigin } from '#http/hosts.ts';
import { isLoopback } from '../../src/loopback.ts';

describe('a Host header', () => {
  test.each(['localhost', 'LOCALHOST:7300', '127.0.0.1:80', '127.8.9.1', '[::1]:7300', '[::1]'])(
    'by a loopback name is ours: %s',
    (host) => expect(isOurHost(host, [])).toBe(true),
  );

  test.each(['evenkeel.acme.example', 'evenkeel.acme.example:8443', 'EVENKEEL.acme.example'])(
    'by a configured name is ours, with any port: %s',
    (host) => expect(isOurHost(host, ['evenkeel.acme.example'])).toBe(true),
  );

  test('by a name that is configured with a port is ours with that port only', () => {
    expect(isOurHost('evenkeel.example:8443', ['evenkeel.example:8443'])).toBe(true);
    expect(isOurHost('evenkeel.example:8444', ['evenkeel.example:8443'])).toBe(false);
  });

  test.each([
    undefined,
    '',
    'attacker.example',
    'localhost.attacker.example',
    '127.0.0.1.attacker.example',
    'attacker.example@127.0.0.1',
    '127.0.0.1/attacker.example',
    'localhost:80:80',
    'localhost:',
    '[::1',
    'evenkeel.example.attacker.example',
  ])('by any other name is foreign: %s', (host) => {
    expect(isOurHost(host, ['127.0.0.1', 'evenkeel.example'])).toBe(false);
  });
});

test('an address of the network is no loopback name', () => {
  expect(['0.0.0.0', '::', '10.0.0.1', '1127.0.0.1', 'localhost.example'].filter(isLoopback)).toEqual([]);
});

describe('an Origin', () => {
  test('is the same under the same name and port, whatever ends TLS in between', () => {
    expect(isSameOrigin('http://127.0.0.1:7300', '127.0.0.1:7300')).toBe(true);
    expect(isSameOrigin('https://evenkeel.example', 'Evenkeel.example')).toBe(true);
  });

  test.each(['null', '', 'http://127.0.0.1:7301', 'http://localhost:7300', 'http://attacker.example'])(
    'is another one otherwise: %s',
    (origin) => expect(isSameOrigin(origin, '127.0.0.1:7300')).toBe(false),
  );
});
