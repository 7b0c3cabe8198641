import { expect } from '@open-wc/testing';
import { onGesture } from './gesture.ts';

describe('onGesture', () => {
  for (const event of [new PointerEvent('pointerup'), new KeyboardEvent('keydown')]) {
    it(`hears the next ${event.type}, once`, () => {
      let heard = 0;
      onGesture(() => (heard += 1));
      dispatchEvent(event);
      dispatchEvent(new Event(event.type));
      expect(heard).to.equal(1);
    });
  }

  it('hears nothing any more once it was stopped', () => {
    let heard = 0;
    onGesture(() => (heard += 1))();
    dispatchEvent(new PointerEvent('pointerup'));
    expect(heard).to.equal(0);
  });
});
