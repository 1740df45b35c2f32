/** What the name of an item says about how many there are, or about what is asked for it. */
import type { Loop } from '../../python/sites.ts';
import { lastName, namesIn } from '../../syntax/parts.ts';
import type { NamedCall } from '../calls.ts';

const KIND = /(?:^|_)(?:type|kind)$/i;
const KINDS = /(?:^|_)(?:types|kinds)$/i;

/** `for resource_type in resource_types: count(resource_type)`: there are as many kinds as the program knows. */
export function overKinds({ target, iterable }: Loop): boolean {
  return target.type === 'name' && KIND.test(target.id) && KINDS.test(lastName(iterable));
}

const VECTOR = /(?:^|_)(?:vector|embedding|question|query_text)s?$/i;
const SEARCH = /search|similar|nearest|match|retrieve|recall|query/i;

/** `for vector in vectors: search(vector)`, `for question in questions: retrieve(question)`: what is near to one is near to no other. */
export function looksForVectors({ target }: Loop, { node }: NamedCall): boolean {
  return SEARCH.test(lastName(node.callee)) && namesIn(target).some((one) => VECTOR.test(one));
}
