/** The Learn view: tracks → chapters → lessons → exercises, and of a started exercise its checklist. */
import * as vscode from 'vscode';
import { describeCheck } from '../../../server/src/curriculum/checks.ts';
import {
  type Chapter,
  type Curriculum,
  chaptersOf,
  type Lesson,
  lessonOfExercise,
  type Track,
} from '../../../server/src/curriculum/curriculum.ts';
import type { Exercise } from '../../../server/src/curriculum/exercise.ts';
import { describeFailure, describeTest } from '../../../server/src/curriculum/pytest.ts';
import type { Active, ActiveExercises, CheckResult, Place } from './active.ts';
import type { Memory } from './memory.ts';
import { countOf, nextAfter, type Progress } from './progress.ts';
import { countWord, difficultyWord, minutesWord, say, stateWord } from './words.ts';

export type Node =
  | { readonly kind: 'track'; readonly track: Track }
  | { readonly kind: 'chapter'; readonly chapter: Chapter; readonly track: Track }
  | { readonly kind: 'lesson'; readonly lesson: Lesson }
  | { readonly kind: 'exercise'; readonly exercise: Exercise }
  | {
      readonly kind: 'item';
      readonly exercise: Exercise;
      readonly index: number;
      readonly item: Item;
    };

/** A line of the checklist. */
interface Item {
  readonly label: string;
  readonly state: 'holds' | 'open' | 'unknown';
  /** In plain words; of a check, names stand in backticks. */
  readonly why: string | undefined;
  readonly at: CheckResult['at'];
  /** The rule that it is about. */
  readonly rule?: string;
}

export class LearnTree implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  private readonly curriculum: Curriculum;
  private readonly memory: Memory;
  private readonly active: ActiveExercises;

  constructor(curriculum: Curriculum, memory: Memory, active: ActiveExercises) {
    this.curriculum = curriculum;
    this.memory = memory;
    this.active = active;
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  dispose(): void {
    this.changed.dispose();
  }

  getChildren(node?: Node): readonly Node[] & Node[] {
    switch (node?.kind) {
      case undefined:
        return this.curriculum.tracks.map((track) => ({ kind: 'track', track }));
      case 'track':
        return node.track.chapters.map((chapter) => ({ ...node, kind: 'chapter', chapter }));
      case 'chapter':
        return node.chapter.lessons.map((lesson) => ({ kind: 'lesson', lesson }));
      case 'lesson':
        return node.lesson.exercises.map((exercise) => ({ kind: 'exercise', exercise }));
      case 'exercise':
        return this.itemsOf(node.exercise).map((item, index) => ({
          ...node,
          kind: 'item',
          item,
          index,
        }));
      case 'item':
        return [];
    }
  }

  getParent(node: Node): Node | undefined {
    const chapters = this.curriculum.tracks.flatMap((track) =>
      track.chapters.map((chapter) => ({ kind: 'chapter' as const, chapter, track })),
    );
    switch (node.kind) {
      case 'track':
        return undefined;
      case 'chapter':
        return { kind: 'track', track: node.track };
      case 'lesson':
        return chapters.find(({ chapter }) => chapter.lessons.includes(node.lesson));
      case 'exercise': {
        const lesson = lessonOfExercise(this.curriculum, node.exercise.id);
        return lesson && { kind: 'lesson', lesson };
      }
      case 'item':
        return { kind: 'exercise', exercise: node.exercise };
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const { progress } = this.memory;
    switch (node.kind) {
      case 'track':
        return this.partItem(node.track, progress, 'mortar-board');
      case 'chapter':
        return this.chapterItem(node.chapter, progress);
      case 'lesson':
        return lessonItem(node.lesson, progress);
      case 'exercise':
        return exerciseItem(node.exercise, progress, this.active.placeOf(node.exercise));
      case 'item':
        return checklistItem(node.exercise, node.item, node.index);
    }
  }

  private partItem(part: Track | Chapter, progress: Progress, icon: string): vscode.TreeItem {
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(say(part.title), 'chapters' in part ? Expanded : Collapsed);
    const count = countOf(progress, part);
    item.id = part.id;
    item.description = countWord(count);
    item.tooltip = say(part.summary);
    item.iconPath = new vscode.ThemeIcon(count.done === count.all ? 'pass-filled' : icon);
    item.accessibilityInformation = { label: `${say(part.title)}, ${countWord(count)}` };
    return item;
  }

  /** A chapter says how hard it is, and what comes before it. */
  private chapterItem(chapter: Chapter, progress: Progress): vscode.TreeItem {
    const item = this.partItem(chapter, progress, 'book');
    const before = chapter.after.flatMap((id) => {
      const one = chaptersOf(this.curriculum).find((each) => each.id === id);
      return one === undefined ? [] : say(one.title);
    });
    const parts = [
      countWord(countOf(progress, chapter)),
      difficultyWord(chapter.difficulty),
      ...(before.length === 0 ? [] : [vscode.l10n.t('after: {0}', before.join(', '))]),
    ];
    item.description = parts.join(' · ');
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    item.collapsibleState = this.isCurrent(chapter, progress) ? Expanded : Collapsed;
    item.accessibilityInformation = { label: [say(chapter.title), ...parts].join(', ') };
    return item;
  }

  /** Somebody is at work there, or is to go on there; the others stay closed, or the road would be a wall. */
  private isCurrent({ lessons }: Chapter, progress: Progress): boolean {
    const next = nextAfter(this.curriculum, progress, undefined)?.id;
    const ids = lessons.flatMap(({ id, exercises }) => [id, ...exercises.map((each) => each.id)]);
    return ids.some(
      (id) => id === next || id === progress.last || this.active.byId(id) !== undefined,
    );
  }

  private itemsOf(exercise: Exercise): readonly Item[] {
    const active = this.active.byId(exercise.id);
    return active === undefined ? [] : checklistOf(active);
  }
}

/** What is checked while typing, then how the tests went. */
export function checklistOf(active: Active): readonly Item[] {
  const { exercise, checks, tests, testNames, isRunning } = active;
  const untold = isRunning ? vscode.l10n.t('running') : vscode.l10n.t('not run');
  return [
    ...exercise.checks.map((check, index): Item => {
      const result = checks?.[index];
      return {
        label: say(describeCheck(check)).replaceAll('`', ''),
        state: result === undefined ? 'unknown' : result.holds ? 'holds' : 'open',
        why: result?.why ?? undefined,
        at: result?.at ?? null,
        ...('rule' in check ? { rule: check.rule } : {}),
      };
    }),
    ...testNames.map((name): Item => {
      const outcome = tests.get(name);
      return {
        label: say(describeTest(exercise, name)),
        state: outcome === undefined ? 'unknown' : outcome.passed ? 'holds' : 'open',
        why:
          outcome === undefined
            ? untold
            : outcome.says && say(describeFailure(exercise, outcome.says)),
        at: null,
      };
    }),
  ];
}

function lessonItem(lesson: Lesson, progress: Progress): vscode.TreeItem {
  const { None, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(
    say(lesson.title),
    lesson.exercises.length > 0 ? Expanded : None,
  );
  const isRead = progress.read.includes(lesson.id);
  const parts = [
    // The end of a line is what a narrow view cuts off.
    ...(lesson.exercises.length > 0 ? [countWord(countOf(progress, lesson))] : []),
    ...(isRead ? [vscode.l10n.t('read')] : []),
    minutesWord(lesson.minutes),
  ];
  item.id = lesson.id;
  item.contextValue = isRead ? 'lesson.read' : 'lesson';
  item.description = parts.join(' · ');
  item.iconPath = new vscode.ThemeIcon(isRead ? 'pass-filled' : 'note');
  item.accessibilityInformation = {
    label: [vscode.l10n.t('Lesson'), say(lesson.title), ...parts].join(', '),
  };
  item.command = {
    command: 'fastapiMentor.openLesson',
    title: say(lesson.title),
    arguments: [lesson.id],
  };
  return item;
}

function exerciseItem(exercise: Exercise, progress: Progress, place: Place): vscode.TreeItem {
  const { None, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(say(exercise.title), place === 'here' ? Expanded : None);
  const state = progress.exercises[exercise.id];
  const word = stateWord(state);
  const parts = [
    ...(word === undefined ? [] : [word]),
    difficultyWord(exercise.difficulty),
    minutesWord(exercise.minutes),
  ];
  const icons = { passed: 'pass-filled', skipped: 'debug-step-over', started: 'edit' } as const;
  item.id = exercise.id;
  item.contextValue = {
    here: 'exercise.started',
    elsewhere: 'exercise.elsewhere',
    nowhere: 'exercise',
  }[place];
  item.description = parts.join(' · ');
  item.tooltip = say(exercise.goal);
  item.iconPath = new vscode.ThemeIcon(state === undefined ? 'beaker' : icons[state]);
  item.accessibilityInformation = {
    label: [vscode.l10n.t('Exercise'), say(exercise.title), ...parts].join(', '),
  };
  item.command = {
    command: 'fastapiMentor.openExercise',
    title: say(exercise.title),
    arguments: [exercise.id],
  };
  return item;
}

function checklistItem(
  exercise: Exercise,
  { label, state, why, at }: Item,
  index: number,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  const icons = { holds: 'pass', open: 'circle-large-outline', unknown: 'question' } as const;
  const words = {
    holds: vscode.l10n.t('done'),
    open: vscode.l10n.t('open'),
    unknown: vscode.l10n.t('not known yet'),
  };
  item.id = `${exercise.id}#${index}`;
  item.iconPath = new vscode.ThemeIcon(icons[state]);
  item.description = [words[state], ...(why === undefined ? [] : [why.replaceAll('`', '')])].join(
    ' · ',
  );
  item.tooltip = `${label}\n${item.description}`;
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  if (at !== null) {
    const { start, end } = at.range;
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    item.command = {
      command: 'vscode.open',
      title: label,
      arguments: [vscode.Uri.parse(at.uri), { selection: range }],
    };
  }
  return item;
}
