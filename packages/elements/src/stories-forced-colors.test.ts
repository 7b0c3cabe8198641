import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import { lostInForcedColors } from './testing/forced-colors.ts';
import { drawStory, eachStory, violationsIn } from './testing/walk-stories.ts';

describe('In a contrast theme, whose colors replace ours, nothing is lost', () => {
  before(() => executeServerCommand('forced-colors', true));
  after(() => executeServerCommand('forced-colors', false));

  it('has such a theme', () => {
    expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
  });

  eachStory(async (story) => {
    const element = await drawStory(story);
    // Of contrast axe knows the page's own colors only.
    expect(await violationsIn(element, 'color-contrast')).to.deep.equal([]);
    expect(lostInForcedColors(element)).to.deep.equal([]);
  });
});
