// Large gestures anywhere on the pad, and keys anywhere on the page. Arrows and swipes only ever move.
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export type Gesture = 'next' | 'previous' | 'repeat' | 'choose' | 'question';

/** Far enough not to be a tap of an unsteady hand, near enough for a small hand. */
const SWIPE = 60;
/** Two taps within this time are one choice; slower than the system's own, for who taps slowly. */
const DOUBLE_TAP = 600;

const keys: Record<string, Gesture> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  ArrowDown: 'repeat',
  ArrowUp: 'question',
  Enter: 'choose',
  ' ': 'choose',
};

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('textarea, input, select, dialog') !== null;

export function useGestures(does: Record<Gesture, () => void>): RefObject<HTMLDivElement | null> {
  const pad = useRef<HTMLDivElement>(null);
  const latest = useRef(does);
  latest.current = does;

  useEffect(() => {
    const press = (e: KeyboardEvent): void => {
      const gesture = keys[e.key];
      if (!gesture || e.ctrlKey || e.altKey || e.metaKey || typing(e.target)) return;
      // A button that has the focus answers to Enter and space itself.
      if (gesture === 'choose' && e.target instanceof HTMLElement && e.target.closest('button, a')) return;
      e.preventDefault();
      if (!e.repeat) latest.current[gesture]();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);

  useEffect(() => {
    const element = pad.current;
    if (!element) return undefined;
    let from: { x: number; y: number } | null = null;
    let tapped: ReturnType<typeof setTimeout> | null = null;
    const down = (e: PointerEvent): void => void (from = { x: e.clientX, y: e.clientY });
    const up = (e: PointerEvent): void => {
      if (!from) return;
      const [dx, dy] = [e.clientX - from.x, e.clientY - from.y];
      from = null;
      if (Math.max(Math.abs(dx), Math.abs(dy)) >= SWIPE) {
        if (Math.abs(dx) > Math.abs(dy)) latest.current[dx > 0 ? 'next' : 'previous']();
        else latest.current[dy > 0 ? 'repeat' : 'question']();
        return;
      }
      if (tapped) {
        clearTimeout(tapped);
        tapped = null;
        latest.current.choose();
        return;
      }
      tapped = setTimeout(() => {
        tapped = null;
        latest.current.repeat();
      }, DOUBLE_TAP);
    };
    const lost = (): void => void (from = null);
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', lost);
    return () => {
      if (tapped) clearTimeout(tapped);
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', lost);
    };
  }, []);
  return pad;
}
