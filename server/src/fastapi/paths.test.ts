import { describe, expect, it } from 'vitest';
import { covers, isSamePattern, type Pattern, pathParameters, patternOf } from './paths.ts';

function pattern(path: string): Pattern {
  const found = patternOf(path);
  if (found === undefined) throw new Error(path);
  return found;
}

describe('a path', () => {
  it('names its parameters, their convertors and where they stand', () => {
    expect(pathParameters('/a/{b}/{c:path}')).toEqual([
      { name: 'b', convertor: 'str', start: 3, end: 6 },
      { name: 'c', convertor: 'path', start: 7, end: 15 },
    ]);
    expect(pathParameters('/{}/{1a}/{a-b}')).toEqual([]);
  });

  it('is not known with an unknown part or a convertor of the project', () => {
    expect(patternOf('{…}/users')).toBeUndefined();
    expect(patternOf('/users/{id:ulid}')).toBeUndefined();
  });

  it.each([
    ['/users/{id}', '/users/me'],
    ['/users/{id}', '/users/{id:int}'],
    ['/users/{id}', '/users/user-{name}.json'],
    ['/{a}.{b}', '/feed.xml'],
    ['/{p:path}', '/'],
    ['/{p:path}', '/a/{b}/c'],
    ['/files/{p:path}', '/files/{q:path}'],
    ['/{p:path}/edit', '/a/b/edit'],
    ['/n/{n:int}', '/n/17'],
    ['/n/{n:float}', '/n/{m:int}'],
    ['/n/{n:float}', '/n/{m:float}'],
  ])('%s covers %s', (one, other) => {
    expect(covers(pattern(one), pattern(other))).toBe(true);
  });

  it.each([
    ['/users/me', '/users/{id}'],
    ['/users/{id}', '/users/'],
    ['/users/{id}', '/users/me/'],
    ['/users/{id}', '/users/{rest:path}'],
    ['/users/{id:int}', '/users/me'],
    ['/users/{id:int}', '/users/{name}'],
    ['/users/{id:int}', '/users/{id:float}'],
    ['/users/{id:uuid}', '/users/{id:int}'],
    ['/n/{n:float}', '/n/{a:float}{b:float}'],
    ['/a/{x}/b', '/a/c/{y}'],
    ['/s/{p:path}', '/s'],
  ])('%s does not cover %s', (one, other) => {
    expect(covers(pattern(one), pattern(other))).toBe(false);
  });

  it('is the same by another name of its parameter, not by another convertor', () => {
    expect(isSamePattern(pattern('/{a}'), pattern('/{b}'))).toBe(true);
    expect(isSamePattern(pattern('/{a}'), pattern('/{a:int}'))).toBe(false);
  });

  it('is compared in no more than quadratic time', () => {
    const many = '/{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}{l}x';
    expect(covers(pattern(many), pattern(`/${'y'.repeat(400)}`))).toBe(false);
  });
});
