import { render, type TemplateResult } from 'lit';
import '@multiline/elements';
import * as call from '../../packages/elements/src/call/call.stories.ts';
import * as callNotes from '../../packages/elements/src/call-notes/call-notes.stories.ts';
import * as clickToDial from '../../packages/elements/src/click-to-dial/click-to-dial.stories.ts';
import * as dialpad from '../../packages/elements/src/dialpad/dialpad.stories.ts';
import * as presence from '../../packages/elements/src/presence/presence.stories.ts';
import * as recentCalls from '../../packages/elements/src/recent-calls/recent-calls.stories.ts';
import * as search from '../../packages/elements/src/search/search.stories.ts';
import * as softphone from '../../packages/elements/src/softphone/softphone.stories.ts';
import * as tray from '../../packages/elements/src/tray/tray.stories.ts';
import * as voicemail from '../../packages/elements/src/voicemail/voicemail.stories.ts';

/** A story as plain data (Component Story Format): it draws, and may then act as a person would. */
interface Story {
  readonly render: () => TemplateResult;
  readonly play?: (context: { canvasElement: HTMLElement }) => void | Promise<void>;
}

const files = [softphone, call, callNotes, dialpad, search, recentCalls, tray, presence, voicemail, clickToDial];
const form = document.querySelector<HTMLFormElement>('#controls')!;
const stage = document.querySelector<HTMLElement>('#stage')!;
const events = document.querySelector('#events')!;

/** `?element=ml-softphone&story=Ringing&width=280&scheme=dark&rtl=on` shows exactly that. */
const asked = new URLSearchParams(location.search);

for (const { default: meta } of files) {
  const option = new Option(meta.title, meta.component);
  document.querySelector<HTMLSelectElement>('#element')!.append(option);
}
for (const [name, value] of asked) {
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = true;
  else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = value;
}

async function show(): Promise<void> {
  const { element, width, scheme, rtl } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const file = files.find(({ default: meta }) => meta.component === element) ?? softphone;
  document.documentElement.style.colorScheme = scheme ?? '';
  document.documentElement.dir = rtl ? 'rtl' : 'ltr';
  stage.style.setProperty('--width', `${width || '320'}px`);
  const stories = Object.entries(file).filter(([name]) => name !== 'default') as unknown as [string, Story][];
  const wanted = stories.filter(([name]) => !asked.has('story') || name === asked.get('story'));
  stage.replaceChildren();
  for (const [name, story] of wanted) await draw(name, story);
}

async function draw(name: string, story: Story): Promise<void> {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.textContent = name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  const canvas = document.createElement('div');
  const source = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'Source';
  const code = document.createElement('pre');
  code.textContent = String(story.render);
  source.append(summary, code);
  figure.append(caption, canvas, source);
  stage.append(figure);
  render(story.render(), canvas);
  const element = canvas.firstElementChild as (HTMLElement & { updateComplete?: Promise<unknown> }) | null;
  await element?.updateComplete;
  if (element) await story.play?.({ canvasElement: element });
}

for (const type of ['ml-dial', 'ml-answer', 'ml-decline', 'ml-hang-up', 'ml-send', 'ml-pop'] as const) {
  stage.addEventListener(type, (event) => {
    // Nothing is behind these stories: the gesture is told and goes no further.
    event.preventDefault();
    const item = document.createElement('li');
    item.textContent = type;
    events.prepend(item);
  });
}
form.addEventListener('change', () => void show());
await show();
