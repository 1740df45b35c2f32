/** What the tool finds, beside what people judged. */
import { lineHash } from '../corpus/text.ts';
import { judgementOf, type Label, type Labels, type Site } from './labels.ts';

export interface Finding {
  readonly rule: string;
  readonly level: string;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** The source line, trimmed. */
  readonly source: string;
  readonly message: string;
  /** What it tells beside it: where one cause shows in several places, only one of them is a finding. */
  readonly beside?: readonly Pick<Finding, 'path' | 'line' | 'source'>[];
}

export interface Comparison {
  readonly judged: readonly { readonly finding: Finding; readonly label: Label }[];
  readonly unjudged: readonly Finding[];
  /** Judged right, and told beside another of the same cause. */
  readonly beside: readonly Label[];
  /** Judged right, but no longer found. */
  readonly lost: readonly Label[];
  /** Judged wrong, and gone: as it should be. */
  readonly mended: readonly Label[];
  readonly met: readonly Site[];
  readonly missed: readonly Site[];
}

/** `labels` are those of the one repository that the findings are from. */
export function compare(findings: readonly Finding[], labels: Labels): Comparison {
  const judgements = pair(findings, labels.judged);
  const recalls = pair(findings, labels.must);
  const found = new Set(judgements.values());
  const met = new Set(recalls.values());
  const gone = labels.judged.filter((label) => !found.has(label));
  const right = gone.filter((label) => judgementOf(label) === 'right');
  const places = findings.flatMap((finding) =>
    (finding.beside ?? []).map((place) => ({ ...finding, ...place })),
  );
  const told = new Set(pair(places, right).values());
  const recalled = pair(
    places,
    labels.must.filter((site) => !met.has(site)),
  );
  for (const site of recalled.values()) met.add(site);
  return {
    judged: findings.flatMap((finding) => {
      const label = judgements.get(finding);
      return label === undefined ? [] : [{ finding, label }];
    }),
    unjudged: findings.filter((finding) => !judgements.has(finding)),
    beside: right.filter((label) => told.has(label)),
    lost: right.filter((label) => !told.has(label)),
    mended: gone.filter((label) => judgementOf(label) === 'wrong'),
    met: labels.must.filter((site) => met.has(site)),
    missed: labels.must.filter((site) => !met.has(site)),
  };
}

/** Each site to one finding at most: by what the line says and the nearest of these, then by the line's number. */
function pair<S extends Site>(findings: readonly Finding[], sites: readonly S[]): Map<Finding, S> {
  const pairs = new Map<Finding, S>();
  const taken = new Set<S>();
  const match = (fits: (finding: Finding, site: S) => boolean) => {
    const candidates = findings
      .flatMap((finding) =>
        sites.flatMap((site) =>
          finding.rule === site.rule && finding.path === site.path && fits(finding, site)
            ? [{ finding, site, distance: Math.abs(finding.line - site.line) }]
            : [],
        ),
      )
      .sort((a, b) => a.distance - b.distance);
    for (const { finding, site } of candidates) {
      if (pairs.has(finding) || taken.has(site)) continue;
      pairs.set(finding, site);
      taken.add(site);
    }
  };
  match((finding, site) => site.hash === lineHash(finding.source));
  match((finding, site) => site.line === finding.line);
  return pairs;
}

/** How many of the labels two judges gave, and in how many of these they say the same. */
export function agreement(labels: readonly Label[]): {
  readonly twice: number;
  readonly same: number;
} {
  const twice = labels.filter(({ second }) => second !== undefined);
  const same = twice.filter(({ verdict, second }) => verdict === second);
  return { twice: twice.length, same: same.length };
}

/** The 95% interval of Wilson for a share that was seen `hits` times of `count`. */
export function wilson(
  hits: number,
  count: number,
): { readonly low: number; readonly high: number } {
  if (count === 0) return { low: 0, high: 1 };
  const z = 1.96;
  const share = hits / count;
  const centre = share + (z * z) / (2 * count);
  const reach = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  const scale = 1 + (z * z) / count;
  return {
    low: Math.max(0, (centre - reach) / scale),
    high: Math.min(1, (centre + reach) / scale),
  };
}
