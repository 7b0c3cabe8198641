import { expect, fixture } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { LitElement, TemplateResult } from 'lit';
import './index.ts';
import * as audioSettings from './audio-settings/audio-settings.stories.ts';
import * as callNotes from './call-notes/call-notes.stories.ts';
import * as call from './call/call.stories.ts';
import * as clickToDial from './click-to-dial/click-to-dial.stories.ts';
import * as dialpad from './dialpad/dialpad.stories.ts';
import * as doctor from './doctor/doctor.stories.ts';
import * as recentCalls from './recent-calls/recent-calls.stories.ts';
import * as search from './search/search.stories.ts';
import * as softphone from './softphone/softphone.stories.ts';
import * as tray from './tray/tray.stories.ts';

interface Story {
  render: () => TemplateResult;
  play?: (context: { canvasElement: HTMLElement }) => void | Promise<void>;
}

/** Every story of every element: it draws, throws nothing and is accessible. */
for (const { default: meta, ...stories } of [
  softphone,
  call,
  callNotes,
  dialpad,
  search,
  recentCalls,
  tray,
  clickToDial,
  audioSettings,
  doctor,
]) {
  describe(`stories of ${meta.component}`, () => {
    before(() => emulateMedia({ reducedMotion: 'reduce' }));

    for (const [name, story] of Object.entries(stories as unknown as Record<string, Story>)) {
      it(`${name} draws and is accessible`, async () => {
        const canvasElement = await fixture<LitElement>(story.render());
        await canvasElement.updateComplete;
        await story.play?.({ canvasElement });
        expect(customElements.get(meta.component)).to.be.a('function');
        await expect(canvasElement).to.be.accessible();
      });
    }
  });
}
