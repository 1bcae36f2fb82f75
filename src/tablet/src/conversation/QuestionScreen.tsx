import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useComfort } from '../comfort/comfort';
import { pick, useLanguage } from '../i18n/i18n';
import type { Instrument, Question } from '../instrument/types';
import type { Screen } from '../instrument/visible';
import { SeenTools } from '../observation/SeenTools';
import { situationOf } from '../observation/situation';
import { Heading } from '../shell/Heading';
import { Symbol } from '../shell/Symbol';
import { useAnnounce } from '../shell/announce';
import { useSteady } from '../shell/useSteady';
import { Answer } from './Answer';
import { OwnWords } from './OwnWords';
import { PassedStrip } from './PassedStrip';
import { Readable, SpeakButton } from './Readable';
import { TalkBar } from './TalkBar';
import { Tip } from './Tip';
import { recordingOf } from './recording';
import type { Action, Draft } from './state';
import { useReader, type Piece } from './useReader';

export interface QuestionProps {
  draft: Draft;
  instrument: Instrument;
  screen: Screen;
  isFirst: boolean;
  act: (...actions: Action[]) => void;
  leave: (...actions: Action[]) => void;
  undo: () => void;
  onStop: () => void;
  /** The ways to end before the end, for a way of asking that offers them itself. */
  onPause: () => void;
  onStopped: (readBack: boolean) => void;
}

function usePieces(question: Question, instrument: Instrument): Piece[] {
  const { lang } = useLanguage();
  return useMemo(() => {
    const shown = pick(question.text, lang);
    const help = question.help ? [pick(question.help, lang)] : [];
    return [
      {
        id: 'question',
        shown,
        said: question.speak ? pick(question.speak, lang) : shown,
        recording: recordingOf(instrument, lang, question.id),
      },
      ...help.map((text) => ({ id: 'help', shown: text, said: text })),
      ...question.options.map((o) => {
        const text = pick(o.text, lang);
        const recording = recordingOf(instrument, lang, question.id, o.code);
        return { id: `option-${o.code}`, shown: text, said: text, recording };
      }),
    ];
  }, [question, instrument, lang]);
}

export function QuestionScreen({
  draft,
  instrument,
  screen,
  isFirst,
  act,
  leave,
  undo,
  onStop,
}: QuestionProps) {
  const { t, lang } = useLanguage();
  const { comfort } = useComfort();
  const announce = useAnnounce();
  const { question, wish } = screen;
  const reader = useReader(draft.language);
  const pieces = usePieces(question, instrument);
  const [justPassed, setJustPassed] = useState<string | null>(null);
  const answer = draft.answers[question.id];
  const wishOpen = wish !== null && draft.answers[wish.id] === undefined;

  const { speak, stop } = reader;
  useEffect(() => {
    if (comfort.read) speak(pieces);
    return stop;
  }, [question.id, comfort.read, pieces, speak, stop]);
  const wishText = wish ? pick(wish.text, lang) : null;
  const halfway = useRef(false);
  const onHalfway = useCallback((open: boolean) => void (halfway.current = open), []);
  const wishPlace = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!wishText) return;
    announce(wishText);
    wishPlace.current?.scrollIntoView({ block: 'nearest', behavior: comfort.calm ? 'auto' : 'smooth' });
  }, [wishText, announce, comfort.calm]);

  const pass = useSteady((): void => {
    // With an answer given, passing over is about the wish that is still open.
    const over = answer !== undefined && wish && wishOpen ? wish.id : question.id;
    setJustPassed(over);
    announce(t('passed'));
    leave({ type: 'pass', question: over });
  });
  const go = useSteady((type: 'next' | 'back'): void => {
    // "Not good" without "how" would be kept as nothing said: ask once more, and after that it may stay open.
    if (type === 'next' && halfway.current) {
      halfway.current = false;
      announce(t('step.how'));
      document.querySelector<HTMLElement>('.twostep__ask')?.focus();
      return;
    }
    setJustPassed(null);
    leave({ type });
  });
  const toStop = useSteady(onStop);
  const byClient = draft.perspective === 'client';
  // In the same place with the same words at every question: not drawn again at every tap.
  const bar = useMemo(
    () => (
      <TalkBar
        {...{ isFirst, byClient }}
        onBack={() => go('back')}
        onStop={toStop}
        onPass={pass}
        onNext={() => go('next')}
      />
    ),
    [isFirst, byClient, go, toStop, pass],
  );
  const wide = question.present === 'levels' || question.present === 'text';
  return (
    <>
      <main class={`talk__main ${wide ? 'talk__main--wide' : ''}`} data-testid={`question-${question.id}`}>
        {justPassed && justPassed !== question.id && draft.passed[justPassed] && (
          <PassedStrip
            reason={draft.passed[justPassed].reason}
            onReason={(reason) => act({ type: 'reason', question: justPassed, reason })}
            onUndo={() => {
              setJustPassed(null);
              undo();
            }}
          />
        )}
        <div class="ask">
          <div class="ask__words">
            <Symbol id={question.picture} size="l" />
            <div class="ask__text">
              <Heading step={question.id} id="question">
                <Readable reader={reader} piece="question" text={pick(question.text, lang)} />
              </Heading>
              {question.help && (
                <p class="ask__help">
                  <Readable reader={reader} piece="help" text={pick(question.help, lang)} />
                </p>
              )}
              {question.sensitive && byClient && <p class="ask__quiet">{t('sensitive')}</p>}
            </div>
          </div>
          <div class="ask__tools">
            <SpeakButton reader={reader} pieces={pieces} />
            {question.tip && <Tip text={pick(question.tip, lang)} />}
          </div>
        </div>
        <div class="replies">
          <Answer
            question={question}
            value={answer}
            labelledBy="question"
            pictures={question.picture !== null || instrument.kind === 'visual'}
            reader={reader}
            onAnswer={(value) => act({ type: 'answer', question: question.id, value })}
            onHalfway={onHalfway}
            onClear={() => act({ type: 'clear', question: question.id })}
          />
          {wish && (
            <section class="wish" ref={wishPlace} data-testid={`wish-question-${wish.id}`}>
              <h2 id="wish">{wishText}</h2>
              <Answer
                question={wish}
                value={draft.answers[wish.id]}
                labelledBy="wish"
                pictures={question.picture !== null}
                isWish
                onAnswer={(value) => act({ type: 'answer', question: wish.id, value })}
                onClear={() => act({ type: 'clear', question: wish.id })}
              />
            </section>
          )}
          {question.present !== 'text' && (
            <OwnWords
              key={question.id}
              observing={question.present === 'levels'}
              name={draft.client.shortName}
              perspective={draft.perspective}
              text={draft.words[question.id] ?? ''}
              onWords={(text) => act({ type: 'words', question: question.id, text })}
            >
              {question.present === 'levels' && (
                <SeenTools
                  words={draft.words[question.id] ?? ''}
                  notes={draft.notes ?? ''}
                  situation={situationOf(draft, instrument, lang)}
                  onWords={(text) => act({ type: 'words', question: question.id, text })}
                />
              )}
            </OwnWords>
          )}
        </div>
      </main>
      {bar}
    </>
  );
}
