import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DialogInfo } from './dialog-info.ts';
import { DialogTable } from './dialog-table.ts';

const dialog = (id: string, state: DialogInfo['state'] = 'early'): DialogInfo => ({ id, state });

describe('DialogTable', () => {
  it('adds up whole and partial documents', () => {
    const table = new DialogTable();
    const [a, b] = [dialog('a'), dialog('b')];
    assert.deepEqual(table.apply({ version: 0, state: 'full', dialogs: [a] }).changes, [[undefined, a]]);
    assert.deepEqual(table.apply({ version: 1, state: 'partial', dialogs: [b] }).changes, [[undefined, b]]);
    const answered = dialog('a', 'confirmed');
    assert.deepEqual(table.apply({ version: 2, state: 'partial', dialogs: [answered] }).changes, [[a, answered]]);
    assert.deepEqual(table.dialogs, [answered, b]);
    assert.deepEqual(table.apply({ version: 3, state: 'full', dialogs: [answered] }).changes, [
      [answered, answered],
      [b, undefined],
    ]);
    table.apply({ version: 4, state: 'partial', dialogs: [dialog('a', 'terminated')] });
    assert.deepEqual(table.dialogs, []);
  });

  it('wants the whole state when a part of it never came', () => {
    const table = new DialogTable();
    assert.equal(table.apply({ version: 5, state: 'partial', dialogs: [] }).missed, true);
    assert.equal(table.apply({ version: 6, state: 'partial', dialogs: [] }).missed, false);
    assert.equal(table.apply({ version: 8, state: 'partial', dialogs: [dialog('a')] }).missed, true);
    assert.equal(table.apply({ version: 20, state: 'full', dialogs: [] }).missed, false);
  });

  it('takes nothing older than what it knows, until a subscription begins anew', () => {
    const table = new DialogTable();
    table.apply({ version: 9, state: 'full', dialogs: [dialog('a')] });
    assert.deepEqual(table.apply({ version: 9, state: 'full', dialogs: [] }).changes, []);
    table.restart();
    assert.equal(table.apply({ version: 0, state: 'full', dialogs: [] }).changes.length, 1);
    assert.deepEqual(table.dialogs, []);
  });
});
