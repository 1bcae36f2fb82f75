import { useRef, useState } from 'preact/hooks';
import { Answer } from '../conversation/Answer';
import { OwnWords } from '../conversation/OwnWords';
import type { Action, Draft } from '../conversation/state';
import { pick, useLanguage } from '../i18n/i18n';
import type { AnswerValue, Kind, Question } from '../instrument/types';
import type { Screen } from '../instrument/visible';
import { Icon } from '../shell/Icon';
import { Symbol } from '../shell/Symbol';
import { answerInWords } from './inWords';

interface Props {
  screen: Screen;
  draft: Draft;
  kind: Kind;
  act: (...actions: Action[]) => void;
  spoken: boolean;
}

export function AnswerBack({ screen, draft, kind, act, spoken }: Props) {
  const { t, lang } = useLanguage();
  const [changing, setChanging] = useState(false);
  const [right, setRight] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const change = (open: boolean): void => {
    setChanging(open);
    // The button that was used goes away: focus stays with the question it was about.
    title.current?.focus();
  };
  const { question, wish } = screen;
  const answer = draft.answers[question.id];
  const words = draft.words[question.id];
  const wanted = wish ? draft.answers[wish.id] : undefined;
  const pictures = question.picture !== null || kind === 'visual';
  const label = `said-${question.id}`;
  const text = pick(question.text, lang);

  return (
    <article class={`said ${spoken ? 'said--spoken' : ''}`} data-testid={`readback-${question.id}`}>
      <h3 id={label} ref={title} tabIndex={-1} class="said__question">
        {text}
      </h3>
      {changing ? (
        <div class="said__change">
          <Answer
            question={question}
            value={answer}
            labelledBy={label}
            pictures={pictures}
            onAnswer={(value) => act({ type: 'answer', question: question.id, value })}
            onClear={() => act({ type: 'clear', question: question.id })}
          />
          {question.present !== 'text' && (
            <OwnWords
              observing={question.present === 'levels'}
              name={draft.client.shortName}
              perspective={draft.perspective}
              text={words ?? ''}
              onWords={(value) => act({ type: 'words', question: question.id, text: value })}
            />
          )}
          {wish && (
            <div class="wish">
              <h3 id={`${label}-wish`}>{pick(wish.text, lang)}</h3>
              <Answer
                question={wish}
                value={wanted}
                labelledBy={`${label}-wish`}
                pictures={pictures}
                isWish
                onAnswer={(value) => act({ type: 'answer', question: wish.id, value })}
                onClear={() => act({ type: 'clear', question: wish.id })}
              />
            </div>
          )}
          <div class="row">
            <button
              type="button"
              class="button button--main"
              data-testid={`readback-done-${question.id}`}
              onClick={() => {
                change(false);
                setRight(true);
              }}
            >
              <Icon name="check" /> {t('readback.done')}
            </button>
            <button
              type="button"
              class="button"
              data-testid={`readback-pass-${question.id}`}
              onClick={() => {
                act({ type: 'pass', question: question.id });
                change(false);
              }}
            >
              <Icon name="skip" /> {t('readback.pass')}
            </button>
          </div>
        </div>
      ) : (
        <div class={answer === undefined ? 'said__row said__row--passed' : 'said__row'}>
          <div class="said__answers">
            {answer === undefined ? (
              <p class="said__passed">
                <Icon name="skip" /> {draft.passed[question.id]?.reason ?? t('passed')}
              </p>
            ) : (
              <Said question={question} value={answer} pictures={pictures} />
            )}
            {wish && wanted !== undefined && <Said question={wish} value={wanted} pictures={pictures} />}
            {words && <blockquote class="said__words">{words}</blockquote>}
          </div>
          <div class="said__right">
            {answer !== undefined && (
              <>
                <span class="said__ask">{t('readback.ask')}</span>
                <button
                  type="button"
                  class="button button--small"
                  aria-pressed={right}
                  aria-describedby={label}
                  data-testid={`readback-yes-${question.id}`}
                  onClick={() => setRight(!right)}
                >
                  <Icon name="check" /> {t('yes')}
                </button>
              </>
            )}
            <button
              type="button"
              class="button button--small"
              aria-describedby={label}
              data-testid={`readback-change-${question.id}`}
              onClick={() => change(true)}
            >
              <Icon name="pencil" /> {answer === undefined ? t('readback.answer') : t('readback.change')}
            </button>
          </div>
        </div>
      )}
    </article>
  );
}

export function Said({
  question,
  value,
  pictures,
}: {
  question: Question;
  value: AnswerValue;
  pictures: boolean;
}) {
  const { lang } = useLanguage();
  if (question.present === 'text') return <blockquote class="said__words">{value}</blockquote>;
  const picture = question.options.find((o) => o.code === value)?.picture ?? null;
  const big = question.present === 'faces' || question.present === 'two-step';
  return (
    <p class="balloon">
      {(pictures || big) && <Symbol id={picture} size="s" />}
      <span>{answerInWords(question, value, lang)}</span>
    </p>
  );
}
