import type { TemplateResult } from 'lit';
import '../index.ts';
import * as audioSettings from '../audio-settings/audio-settings.stories.ts';
import * as callNotes from '../call-notes/call-notes.stories.ts';
import * as call from '../call/call.stories.ts';
import * as clickToDial from '../click-to-dial/click-to-dial.stories.ts';
import * as dialpad from '../dialpad/dialpad.stories.ts';
import * as doctor from '../doctor/doctor.stories.ts';
import * as favorites from '../favorites/favorites.stories.ts';
import * as presence from '../presence/presence.stories.ts';
import * as recentCalls from '../recent-calls/recent-calls.stories.ts';
import * as search from '../search/search.stories.ts';
import * as settings from '../settings/settings.stories.ts';
import * as softphone from '../softphone/softphone.stories.ts';
import * as tray from '../tray/tray.stories.ts';
import * as voicemail from '../voicemail/voicemail.stories.ts';

/** A story as plain data (Component Story Format): it draws, and may then act as a person would. */
export interface Story {
  readonly render: () => TemplateResult;
  readonly play?: (context: { canvasElement: HTMLElement }) => void | Promise<void>;
}

/** The stories of one element, by name. */
export interface StoryFile {
  readonly title: string;
  /** The element's tag. */
  readonly component: string;
  readonly stories: readonly (readonly [name: string, story: Story])[];
}

/** Every story of every element: the gallery shows them, the tests walk them. */
export const storyFiles: readonly StoryFile[] = [
  softphone,
  call,
  callNotes,
  dialpad,
  search,
  recentCalls,
  favorites,
  tray,
  presence,
  voicemail,
  settings,
  audioSettings,
  doctor,
  clickToDial,
].map(({ default: meta, ...stories }) => ({ ...meta, stories: Object.entries(stories as Record<string, Story>) }));
