/** What comes from the request. */
import type { Parameter } from '../syntax/nodes.ts';
import type { Subject } from './subject.ts';

const MARKERS = /^fastapi\.(?:Header|Query|Cookie|Form|Body|Path|Depends|Security)$/;

/** Whether FastAPI fills a parameter from the request: by a marker as its default or in its `Annotated`. */
export function isFromRequest(subject: Subject, parameter: Parameter, scope: string): boolean {
  const { annotation, default: value } = parameter;
  const markers = [
    ...(value ? [value] : []),
    ...(annotation?.type === 'subscript' ? annotation.indices.slice(1) : []),
  ];
  return markers.some((marker) => {
    if (marker.type !== 'call') return false;
    const name = subject.nameOf(marker.callee, scope);
    return name !== undefined && MARKERS.test(name);
  });
}
