import { describe, expect, test } from 'vitest';
import { oncePer, oncePerHistory, remembered } from '#domain/once.ts';

describe('what is worked out once', () => {
  test('is asked for once for each key, also where the answer is that there is none', () => {
    const asked: string[] = [];
    const ask = remembered((key: string) => {
      asked.push(key);
      return key === 'a' ? undefined : key.length;
    });
    expect(['a', 'bb', 'a', 'bb'].map(ask)).toEqual([undefined, 2, undefined, 2]);
    expect(asked).toEqual(['a', 'bb']);
  });

  test('is about one thing, not about one that looks the same', () => {
    const ask = oncePer(({ n }: { readonly n: number }) => ({ twice: 2 * n }));
    const one = { n: 2 };
    expect(ask(one)).toBe(ask(one));
    expect(ask({ n: 2 })).toEqual(ask(one));
    expect(ask({ n: 2 })).not.toBe(ask(one));
  });

  test('of a history holds on every day that shares its events, each field apart', () => {
    const asked: string[] = [];
    const ask = oncePerHistory((_, field: string) => {
      asked.push(field);
      return [field];
    });
    const events: never[] = [];
    expect(ask({ events }, 'status')).toBe(ask({ events }, 'status'));
    expect(ask({ events }, 'labels')).toEqual(['labels']);
    ask({ events: [] }, 'status');
    expect(asked).toEqual(['status', 'labels', 'status']);
  });
});
