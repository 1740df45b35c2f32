import { describe, expect, it } from 'vitest';
import { RULES } from '../rules/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import { localise } from './localise.ts';
import { fill } from './messages.ts';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

function finding(more: Partial<Diagnostic>): Diagnostic {
  return {
    rule: 'async/blocking-http',
    level: 'error',
    path: 'main.py',
    range,
    message: 'in English',
    messageId: 'waits',
    data: { call: 'requests.get', shown: '`requests.get`' },
    related: [],
    fix: {
      title: 'Run `requests.get` in the thread pool',
      applicability: 'quick',
      edits: [{ path: 'main.py', range, newText: '' }],
    },
    fingerprint: 'f',
    ...more,
  };
}

describe('localise', () => {
  it('says a finding and its fix in Korean, with the same names in it', () => {
    const said = localise(finding({}), 'ko');
    expect(said.message).toMatch(
      /^`requests\.get` 호출이 .*run_in_threadpool\(requests\.get, \.\.\.\)/,
    );
    expect(said.fix?.title).toBe('스레드 풀에서 `requests.get` 실행');
  });

  it('changes nothing else', () => {
    const one = finding({});
    const { message, fix, ...rest } = localise(one, 'ko');
    expect({ ...rest, message: one.message, fix: { ...fix, title: one.fix?.title } }).toEqual(one);
    expect(message).not.toBe(one.message);
    expect(one).toEqual(finding({}));
  });

  it('leaves English as it is', () => {
    const one = finding({});
    expect(localise(one, 'en')).toBe(one);
  });

  it('stays English where there is no text', () => {
    const unknown = finding({ rule: 'some/rule' });
    expect(localise(unknown, 'ko')).toEqual(unknown);
    expect(localise(finding({ messageId: 'other' }), 'ko').message).toBe('in English');
    const fix = { title: 'Something else', applicability: 'safe', edits: [] } as const;
    expect(localise(finding({ fix }), 'ko').fix).toEqual(fix);
    expect(localise(finding({ fix: null }), 'ko').fix).toBeNull();
  });

  it('knows every message and every fix of every rule', () => {
    for (const rule of RULES) {
      const data = { call: 'f', name: 'f' };
      for (const messageId of Object.keys(rule.messages)) {
        const one = finding({ rule: rule.name, messageId, message: '', fix: null, data });
        expect(localise(one, 'ko').message, messageId).toMatch(/[가-힣]/);
      }
      for (const { title, applicability } of Object.values(rule.fixes)) {
        const fix = { title: fill(title, data), applicability, edits: [] };
        const said = localise(finding({ rule: rule.name, fix, data }), 'ko');
        expect(said.fix?.title, title).toMatch(/[가-힣]/);
      }
    }
  });
});
