// A question by ear: the question, its answers one by one, then the wish, and every way out among the things to choose.
import { useState } from 'preact/hooks';
import { recordingOf } from '../conversation/recording';
import type { QuestionProps } from '../conversation/QuestionScreen';
import type { Action, Draft } from '../conversation/state';
import { pick, useLanguage, type Translate } from '../i18n/i18n';
import type { AnswerValue, Instrument, Lang, Question } from '../instrument/types';
import { Icon } from '../shell/Icon';
import { ListenPad, type Item, type Spoken } from './ListenPad';

export const answersOf = (question: Question, lang: Lang, instrument: Instrument): Item[] =>
  question.present === 'grade'
    ? Array.from({ length: question.maximum - question.minimum + 1 }, (_, i) => {
        const grade = String(question.minimum + i);
        return { id: `answer:${grade}`, text: grade };
      })
    : question.options.map((o) => ({
        id: `answer:${o.code}`,
        text: pick(o.text, lang),
        recording: recordingOf(instrument, lang, question.id, o.code),
      }));

/** What is given when this item is taken: a figure, a code, or one more or less of several. */
export function valueOf(question: Question, code: string, now: AnswerValue | undefined): AnswerValue {
  if (question.present === 'grade') return Number(code);
  if (question.present !== 'multiple') return code;
  const chosen = Array.isArray(now) ? now : [];
  return chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code];
}

export const chosenOf = (value: AnswerValue | undefined): string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [String(value)]).map((v) => `answer:${v}`);

/** The question as it is said. */
export const askedOf = (question: Question, lang: Lang, instrument: Instrument): Spoken => ({
  text: pick(question.speak ?? question.text, lang),
  recording: recordingOf(instrument, lang, question.id),
});

function introOf(
  question: Question,
  draft: Draft,
  lang: Lang,
  t: Translate,
  instrument: Instrument,
): Spoken[] {
  return [
    askedOf(question, lang, instrument),
    question.help ? pick(question.help, lang) : '',
    question.sensitive && draft.perspective === 'client' ? t('sensitive') : '',
    question.present === 'text' ? t('listen.tell') : '',
    question.present === 'multiple' ? t('listen.several') : '',
  ];
}

type Stage = 'question' | 'wish' | 'stop';

export function ListenScreen(props: QuestionProps) {
  const { screen } = props;
  // A new question begins at its beginning.
  return <Asked key={screen.question.id} {...props} />;
}

function Asked({ draft, instrument, screen, isFirst, act, leave, onPause, onStopped }: QuestionProps) {
  const { t, lang } = useLanguage();
  const [stage, setStage] = useState<Stage>('question');
  const { question, wish } = screen;
  if (stage === 'stop')
    return (
      <main class="talk__main talk__main--wide" data-testid="listen-stop">
        <ListenPad
          step={`${question.id}/stop`}
          title={t('stop.title')}
          intro={[t('stop.title'), t('stop.text')]}
          items={[
            { id: 'cancel', text: t('stop.cancel'), atOnce: true },
            { id: 'pause', text: t('stop.pause') },
            { id: 'save', text: t('stop.save') },
            { id: 'readback', text: t('stop.readback') },
          ]}
          onTake={(id) => {
            if (id === 'cancel') return setStage('question');
            if (id === 'pause') return onPause();
            onStopped(id === 'readback');
          }}
        />
      </main>
    );
  const asked = stage === 'wish' && wish ? wish : question;
  const next = (...actions: Action[]): void => {
    if (asked === question && wishAfter(draft, screen, actions)) {
      act(...actions);
      setStage('wish');
    } else leave(...actions, { type: 'next' });
  };
  const take = (id: string): void => {
    if (id === 'back') return stage === 'wish' ? setStage('question') : leave({ type: 'back' });
    if (id === 'stop') return setStage('stop');
    if (id === 'pass') return leave({ type: 'pass', question: asked.id });
    if (id === 'ready') return next();
    const value = valueOf(asked, id.slice('answer:'.length), draft.answers[asked.id]);
    if (asked.present === 'multiple') return act({ type: 'answer', question: asked.id, value });
    next({ type: 'answer', question: asked.id, value });
  };
  const items: Item[] = [
    ...answersOf(asked, lang, instrument).map((i) => ({ ...i, atOnce: asked.present === 'multiple' })),
    ...(asked.present === 'text' || asked.present === 'multiple'
      ? [{ id: 'ready', text: t('listen.ready'), atOnce: true }]
      : []),
    { id: 'pass', text: t('pass') },
    ...(isFirst && stage === 'question' ? [] : [{ id: 'back', text: t('listen.back'), atOnce: true }]),
    { id: 'stop', text: t(draft.perspective === 'client' ? 'stop' : 'stop.other'), atOnce: true },
  ];
  return (
    <main class="talk__main talk__main--wide" data-testid={`question-${question.id}`}>
      <ListenPad
        step={asked.id}
        title={pick(asked.text, lang)}
        intro={introOf(asked, draft, lang, t, instrument)}
        items={items}
        chosen={chosenOf(draft.answers[asked.id])}
        onTake={take}
      >
        <label class="field listen__words">
          <span>
            <Icon name="pencil" /> {t('listen.words', { name: draft.client.shortName })}
          </span>
          <textarea
            rows={2}
            maxLength={4000}
            data-testid={asked.present === 'text' ? `text-${asked.id}` : 'words'}
            value={
              asked.present === 'text' ? String(draft.answers[asked.id] ?? '') : (draft.words[asked.id] ?? '')
            }
            onInput={(e) =>
              act(
                asked.present === 'text'
                  ? { type: 'answer', question: asked.id, value: e.currentTarget.value }
                  : { type: 'words', question: asked.id, text: e.currentTarget.value },
              )
            }
          />
        </label>
      </ListenPad>
    </main>
  );
}

/** Whether a wish is asked after this: it needs an answer to be about. */
function wishAfter(draft: Draft, screen: QuestionProps['screen'], actions: Action[]): boolean {
  const given =
    actions.some((a) => a.type === 'answer' && a.question === screen.question.id) ||
    draft.answers[screen.question.id] !== undefined;
  return given && screen.hasWish;
}
