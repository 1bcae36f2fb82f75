// One thing to hear and a row of things to choose from, without sight: swipe or arrow keys go along them, a double tap
// or Enter chooses, and what was chosen is said back and asked for once more. Moving never chooses, choosing alone
// never sends.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Readable, VoiceNotice } from '../conversation/Readable';
import { useReader, type Piece } from '../conversation/useReader';
import { useLanguage } from '../i18n/i18n';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { useGestures, type Gesture } from './useGestures';
import './listening.css';

export interface Item {
  id: string;
  text: string;
  recording?: string | undefined;
  /** Taken at once; everything else is asked for once more. */
  atOnce?: boolean;
}

/** A text, with its recording where there is one. */
export type Spoken = string | Pick<Item, 'text' | 'recording'>;

interface Props {
  /** Changes with every new thing to hear. */
  step: string;
  title: string;
  /** What is said first. */
  intro: Spoken[];
  items: Item[];
  /** What was chosen before: said with it. */
  chosen?: string[];
  onTake: (id: string) => void;
  children?: ComponentChildren;
}

export function ListenPad({ step, title, intro, items, chosen = [], onTake, children }: Props) {
  const { t, lang } = useLanguage();
  const reader = useReader(lang);
  const [at, setAt] = useState(-1);
  const [asked, setAsked] = useState(false);
  const state = useRef({ at: -1, asked: false });
  const item = items[at];
  const go = (next: number, ask: boolean): void => {
    state.current = { at: next, asked: ask };
    setAt(next);
    setAsked(ask);
  };
  const { speak } = reader;
  const say = useCallback(
    (...all: Spoken[]) =>
      speak(
        all
          .map((one) => (typeof one === 'string' ? { text: one } : one))
          .filter(({ text }) => text !== '')
          .map(({ text, recording }, i): Piece => ({ id: `say-${i}`, shown: text, said: text, recording })),
      ),
    [speak],
  );
  const hint = t('listen.hint', { n: items.length });
  const sayItem = (index: number): void => {
    const one = items[index];
    if (!one) return say(...intro, hint);
    const number = t('listen.place', { n: index + 1, of: items.length });
    say(number, one, chosen.includes(one.id) ? t('listen.chosen') : '');
  };
  // At once with the new thing: a key that is pressed right then moves along it, and is not taken back.
  useLayoutEffect(() => {
    state.current = { at: -1, asked: false };
    setAt(-1);
    setAsked(false);
  }, [step, lang]);
  useEffect(() => {
    say(...intro, hint);
    // Said anew for a new thing to hear, not for every touch.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [step, lang]);

  const move = (by: number): void => {
    const now = state.current.at;
    const next = now < 0 ? (by > 0 ? 0 : items.length - 1) : (now + by + items.length) % items.length;
    go(next, false);
    sayItem(next);
  };
  const choose = (): void => {
    const { at: index, asked: again } = state.current;
    const one = items[index];
    if (!one) return say(hint);
    if (one.atOnce || again) {
      reader.stop();
      go(-1, false);
      return onTake(one.id);
    }
    go(index, true);
    say(t('listen.confirm', { text: one.text }));
  };
  const repeat = (): void => {
    go(state.current.at, false);
    sayItem(state.current.at);
  };
  const does: Record<Gesture, () => void> = {
    next: () => move(1),
    previous: () => move(-1),
    repeat,
    choose,
    question: () => {
      go(-1, false);
      say(...intro, hint);
    },
  };
  const pad = useGestures(does);

  return (
    <div class="listen" data-testid="listen" data-step={step}>
      <div class="listen__pad" ref={pad} data-testid="listen-pad">
        <Heading step={step} id="question">
          {title}
        </Heading>
        <p class={`listen__item ${asked ? 'listen__item--asked' : ''}`} data-testid="listen-item">
          {item ? (
            <>
              <span class="listen__place">{t('listen.place', { n: at + 1, of: items.length })}</span>
              <Readable reader={reader} piece="say-1" text={item.text} />
              {chosen.includes(item.id) && <Icon name="check" />}
            </>
          ) : (
            <span class="quiet">{hint}</span>
          )}
        </p>
        {asked && item && (
          <p class="listen__ask" role="status" data-testid="listen-confirm">
            {t('listen.confirm', { text: item.text })}
          </p>
        )}
      </div>
      <div class="listen__zones">
        <button type="button" class="zone" data-testid="listen-previous" onClick={does.previous}>
          <Icon name="back" /> {t('listen.previous')}
        </button>
        <button type="button" class="zone" data-testid="listen-repeat" onClick={does.question}>
          <Icon name="speak" /> {t('listen.repeat')}
        </button>
        <button type="button" class="zone zone--main" data-testid="listen-choose" onClick={does.choose}>
          <Icon name="check" /> {t('listen.choose')}
        </button>
        <button type="button" class="zone" data-testid="listen-next" onClick={does.next}>
          <Icon name="next" /> {t('listen.next')}
        </button>
      </div>
      <VoiceNotice reader={reader} />
      {children}
    </div>
  );
}
