import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silentAttention } from './silent-attention.ts';

describe('silentAttention', () => {
  it('knows who rings', () => {
    const attention = silentAttention();
    const stopFirst = attention.ring();
    const stopSecond = attention.ring();
    stopFirst();
    stopFirst();
    assert.equal(attention.ringing, true);
    stopSecond();
    assert.equal(attention.ringing, false);
    assert.equal(attention.rings, 2);
  });

  it('keeps notices, replaced by tag, taken back or clicked', () => {
    const attention = silentAttention();
    let clicked = 0;
    attention.notify({ title: 'One', body: '', tag: 'call' });
    attention.notify({ title: 'Two', body: '', tag: 'call', onClick: () => clicked++ });
    const takeBack = attention.notify({ title: 'Other', body: '', tag: 'other' });
    assert.deepEqual(
      attention.notices.map(({ closed }) => closed),
      [true, false, false],
    );
    attention.click('call');
    takeBack();
    assert.equal(clicked, 1);
    assert.deepEqual(
      attention.notices.map(({ closed }) => closed),
      [true, true, true],
    );
    assert.throws(() => attention.click('call'), /No open notice/);
  });

  it('asks once: what was answered stays', async () => {
    const attention = silentAttention({ permission: 'default', answer: 'denied' });
    assert.equal(attention.permission(), 'default');
    assert.equal(await attention.askPermission(), 'denied');
    assert.equal(attention.permission(), 'denied');
    assert.equal(attention.asked, 1);
  });

  it('shows the last badge and clears it when stopped', () => {
    const attention = silentAttention();
    attention.badge(2, 'Call connecting');
    assert.deepEqual(attention.badged, { count: 2, text: 'Call connecting' });
    attention.badge(1);
    assert.deepEqual(attention.badged, { count: 1 });
    attention.stop();
    assert.deepEqual(attention.badged, { count: 0 });
  });
});
