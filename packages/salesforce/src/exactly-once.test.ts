import { manualClock } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { call, newKey, rejection, seededOrg, task } from '../test/calls.ts';

const desk = seededOrg();

describe('exactly one Task', () => {
  const retry = { uncertain: true, previousNotes: 'Asked about the invoice.' };

  it('through an answer that was cut after the write', async () => {
    const crm = desk.org.make();
    const key = newKey();
    await desk.org.fault('^PATCH ', { dropAfterWrite: true }, 9);
    expect(await rejection(crm.logActivity(key, call(desk.lucy)))).to.include({ code: 'network', retryable: true });
    await desk.org.clearFaults();
    const { created } = await crm.logActivity(key, call(desk.lucy), retry);
    expect(created).to.equal(false);
    await task(desk.org, key);
  });

  it('through a hang, given up after the time-out', async () => {
    const clock = manualClock(Date.now());
    const crm = desk.org.make({ clock, timeoutMs: 3_000 });
    const key = newKey();
    await crm.me?.();
    await desk.org.requests();
    await desk.org.fault('^PATCH ', { hang: true });
    const hanging = rejection(crm.logActivity(key, call(desk.lucy)));
    while ((await desk.org.requests()).length === 0);
    clock.advance(3_000);
    expect(await hanging).to.include({ code: 'timeout', retryable: true });
    await crm.logActivity(key, call(desk.lucy), retry);
    await task(desk.org, key);
  });

  it('through 503', async () => {
    const crm = desk.org.make();
    const key = newKey();
    await desk.org.fault('^PATCH ', { status: 503 });
    expect(await rejection(crm.logActivity(key, call(desk.lucy)))).to.include({ code: 'server', retryable: true });
    await crm.logActivity(key, call(desk.lucy), retry);
    await task(desk.org, key);
  });

  it('through a token that ends between the match and the log', async () => {
    let asked = 0;
    const credentials = async () => ({ accessToken: asked++ === 0 ? 'sandbox-ann' : await desk.org.newToken('ann') });
    const crm = desk.org.make({ credentials });
    const key = newKey();
    await crm.identify({ numbers: ['+14155550101'], country: 'US' });
    await desk.org.expireTokens();
    await crm.logActivity(key, call(desk.lucy));
    expect(asked).to.equal(2);
    await task(desk.org, key);
  });

  it('through a record that somebody else is writing', async () => {
    const crm = desk.org.make();
    const key = newKey();
    const { ref } = await crm.logActivity(key, call(desk.lucy));
    await desk.org.configure({ lockedIds: [ref.id] });
    const edit = () =>
      crm.logActivity(key, call(desk.lucy, { notes: 'Two' }), { previousNotes: 'Asked about the invoice.' });
    expect(await rejection(edit())).to.include({ code: 'busy', retryable: true });
    await desk.org.configure({ lockedIds: [] });
    await edit();
    expect((await task(desk.org, key))['Description']).to.equal('Two');
  });

  it('when a key comes twice at once and once more in a batch', async () => {
    const crm = desk.org.make();
    const key = newKey();
    await Promise.allSettled([crm.logActivity(key, call(desk.lucy)), crm.logActivity(key, call(desk.lucy))]);
    await crm.logActivities?.([1, 2].map(() => ({ key, activity: call(desk.lucy) })));
    await task(desk.org, key);
  });

  it('through forty calls with a fault before every answer that could have one', async () => {
    const limit = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'ConcurrentPerOrgLongTxn Limit exceeded.' }];
    const faults = [
      { dropAfterWrite: true },
      { status: 503 },
      { drop: true },
      { expireTokens: true },
      { status: 403, body: limit },
      { status: 200, body: '<html>Welcome to the hotel</html>' },
    ];
    const credentials = async () => ({ accessToken: await desk.org.newToken('ann') });
    const crm = desk.org.make({ credentials });
    const keys = Array.from({ length: 40 }, newKey);
    for (const [index, key] of keys.entries()) {
      const fault = (shift: number): object => faults[(index + shift) % faults.length] ?? {};
      await desk.org.fault('^PATCH ', fault(0));
      await desk.org.fault('^GET .*/query.*ML_Call_Key__c(?!.*bob$)', fault(1));
      let logged: unknown;
      for (let attempt = 0; attempt < 8 && !logged; attempt++) {
        const how = attempt === 0 ? {} : retry;
        logged = await crm.logActivity(key, call(desk.lucy), how).catch((error: unknown) => {
          expect(error).to.include({ retryable: true });
          return undefined;
        });
      }
      await desk.org.clearFaults();
      expect(logged, `the log of call ${index}`).to.have.property('ref');
      await task(desk.org, key);
    }
  });
});
