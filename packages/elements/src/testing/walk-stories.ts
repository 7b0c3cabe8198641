import { expect, fixture } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { RunOptions } from 'axe-core';
import 'axe-core/axe.min.js';
import type { LitElement } from 'lit';
import { storyFiles } from './stories.ts';
import type { Story } from './stories.ts';

const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };

/** WCAG 2.2 A and AA and the best practices, with the size of targets, which axe leaves out unless it is asked. */
const RULES: RunOptions = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } };

/** What axe finds wrong, in words; some rules may be left to others. */
export async function violationsIn(root: Element, ...without: readonly string[]): Promise<readonly string[]> {
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const { violations } = await axe.run(root, { ...RULES, rules: { ...RULES.rules, ...rules } });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${String(target)} ${html}`));
}

/** Draws a story and acts as it does. */
export async function drawStory({ render, play }: Story): Promise<LitElement> {
  const canvasElement = await fixture<LitElement>(render());
  await canvasElement.updateComplete;
  await play?.({ canvasElement });
  return canvasElement;
}

/** Runs a test for every story of every element. */
export function eachStory(test: (story: Story, title: string) => Promise<void>): void {
  for (const { component, stories } of storyFiles) {
    describe(`stories of ${component}`, () => {
      for (const [name, story] of stories) it(name, () => test(story, name));
    });
  }
}

/** Every story in a theme, from left to right and from right to left: it draws, throws nothing and is accessible. */
export function walkStories(scheme: 'light' | 'dark'): void {
  const page = document.documentElement;
  before(async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    page.style.colorScheme = scheme;
    page.style.background = 'light-dark(#eef0f5, #101216)';
  });
  after(() => {
    page.removeAttribute('style');
    page.removeAttribute('dir');
  });

  eachStory(async (story) => {
    for (const dir of ['ltr', 'rtl']) {
      page.dir = dir;
      expect(await violationsIn(await drawStory(story)), `${scheme}, ${dir}`).to.deep.equal([]);
    }
  });
}
