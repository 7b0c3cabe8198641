import { render } from 'lit';
import { storyFiles } from '../../packages/elements/src/testing/stories.ts';
import type { Story } from '../../packages/elements/src/testing/stories.ts';

const form = document.querySelector<HTMLFormElement>('#controls')!;
const stage = document.querySelector<HTMLElement>('#stage')!;
const events = document.querySelector('#events')!;

/** `?element=ml-softphone&story=Ringing&width=280&scheme=dark&rtl=on` shows exactly that. */
const asked = new URLSearchParams(location.search);

for (const { title, component } of storyFiles) {
  const option = new Option(title, component);
  document.querySelector<HTMLSelectElement>('#element')!.append(option);
}
for (const [name, value] of asked) {
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = true;
  else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = value;
}

async function show(): Promise<void> {
  const { element, width, scheme, rtl } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const file = storyFiles.find(({ component }) => component === element) ?? storyFiles[0];
  document.documentElement.style.colorScheme = scheme ?? '';
  document.documentElement.dir = rtl ? 'rtl' : 'ltr';
  stage.style.setProperty('--width', `${width || '320'}px`);
  const wanted = (file?.stories ?? []).filter(([name]) => !asked.has('story') || name === asked.get('story'));
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
