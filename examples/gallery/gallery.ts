interface Example {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly files: readonly string[];
}

const find = <T extends Element>(selector: string): T => document.querySelector<T>(selector)!;

const examples = ((await (await fetch('/examples.json')).json()) as Example[]).filter(({ name }) => name !== 'gallery');

function link({ name, title }: Example): HTMLLIElement {
  const item = document.createElement('li');
  const anchor = document.createElement('a');
  anchor.href = `#${name}`;
  anchor.textContent = title;
  item.append(anchor);
  return item;
}

function show(): void {
  const name = location.hash.slice(1);
  const example = examples.find((other) => other.name === name) ?? examples[0];
  if (!example) return;
  for (const anchor of document.querySelectorAll('#examples a')) {
    if (anchor.getAttribute('href') === `#${example.name}`) anchor.setAttribute('aria-current', 'page');
    else anchor.removeAttribute('aria-current');
  }
  find('#title').textContent = example.title;
  find('#description').textContent = example.description;
  find<HTMLAnchorElement>('#alone').href = `/${example.name}/`;
  find<HTMLIFrameElement>('#live').src = `/${example.name}/`;
  find('#files').replaceChildren(...example.files.map((file) => fileButton(example, file)));
  void showSource(example, example.files[0] ?? 'index.html');
}

function fileButton(example: Example, file: string): HTMLLIElement {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = file;
  button.addEventListener('click', () => void showSource(example, file));
  item.append(button);
  return item;
}

async function showSource(example: Example, file: string): Promise<void> {
  for (const button of document.querySelectorAll('#files button')) {
    button.ariaPressed = String(button.textContent === file);
  }
  const response = await fetch(`/source/${example.name}/${file}`);
  find('#source').textContent = await response.text();
}

find('#examples').replaceChildren(...examples.map(link));
addEventListener('hashchange', show);
show();
