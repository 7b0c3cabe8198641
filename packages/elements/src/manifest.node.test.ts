import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';

interface Declaration {
  readonly name: string;
  readonly tagName?: string;
  readonly members?: readonly { readonly name: string; readonly privacy?: string }[];
}

it('lists in the manifest what a page may use, and nothing of what an element is made of', async () => {
  const text = await readFile(new URL('../custom-elements.json', import.meta.url), 'utf8');
  const { modules } = JSON.parse(text) as { readonly modules: readonly { readonly declarations: Declaration[] }[] };
  const declarations = modules.flatMap((module) => module.declarations);
  const favorites = declarations.find(({ tagName }) => tagName === 'ml-favorites');
  assert.ok(favorites?.members?.some(({ name }) => name === 'workspace'));
  const hidden = declarations.flatMap(({ name, members = [] }) =>
    members.filter((member) => member.privacy === 'private').map((member) => `${name}.${member.name}`),
  );
  assert.deepEqual(hidden, []);
  assert.equal(
    declarations.some(({ name }) => name === 'Player'),
    false,
  );
});
