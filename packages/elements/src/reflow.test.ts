import { expect } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { misfits, spaceText } from './testing/layout.ts';
import { drawStory, eachStory } from './testing/walk-stories.ts';

/** 320 px is what is left of 1280 px at 400 %. */
describe('At 320 px, and with the text spaced as far as WCAG goes, nothing is cut and everything can be hit', () => {
  before(async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    await setViewport({ width: 320, height: 900 });
    document.body.style.margin = '0';
  });
  after(async () => {
    document.body.removeAttribute('style');
    document.documentElement.removeAttribute('dir');
    await setViewport({ width: 800, height: 600 });
  });

  eachStory(async (story) => {
    for (const dir of ['ltr', 'rtl']) {
      document.documentElement.dir = dir;
      const element = await drawStory(story);
      expect(misfits(element), `${dir}, as it is`).to.deep.equal([]);
      spaceText(element);
      expect(misfits(element), `${dir}, spaced`).to.deep.equal([]);
      expect(document.documentElement.scrollWidth).to.equal(320);
    }
  });
});
