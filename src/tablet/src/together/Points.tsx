// The improvement card in the making: what stands out, what do we do, who, when.
import type { Who } from '../conversation/state';
import { uuidv7 } from '../conversation/uuid';
import { WhoWhen } from '../agreements/WhoWhen';
import { pick, useLanguage } from '../i18n/i18n';
import type { Instrument } from '../instrument/types';
import { answerInWords } from '../readback/inWords';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { Symbol } from '../shell/Symbol';
import type { Said } from './sets';
import { newPoint, type Point, type TogetherTalk } from './talk';
import '../agreements/agreements.css';

interface Props {
  talk: TogetherTalk;
  instrument: Instrument;
  said: Said[];
  names: string[];
  busy: boolean;
  onChange: (points: Point[]) => void;
  onBack: () => void;
  onFinish: () => void;
}

const whos: Who[] = ['client', 'worker', 'relative', 'other'];

export function Points({ talk, instrument, said, names, busy, onChange, onBack, onFinish }: Props) {
  const { t, lang } = useLanguage();
  const change = (point: Point, part: Partial<Point>): void =>
    onChange(talk.points.map((p) => (p.id === point.id ? { ...p, ...part } : p)));
  return (
    <>
      <main class="talk__main talk__main--list" data-testid="points">
        <Heading step="points">{t('points.title')}</Heading>
        <p class="lead">{t('points.lead')}</p>
        {talk.points.length === 0 && <p class="empty">{t('points.empty')}</p>}
        {talk.points.map((point) => {
          const question = point.about === null ? null : (instrument.questions.get(point.about) ?? null);
          const title = question ? pick(question.text, lang) : t('points.other');
          return (
            <section key={point.id} class="agree" aria-label={title} data-testid="point">
              <div class="point__head">
                <h2 class="back__title">
                  <Symbol id={question?.picture ?? null} size="s" /> {title}
                </h2>
                <button
                  type="button"
                  class="tool"
                  data-testid="point-remove"
                  onClick={() => onChange(talk.points.filter((p) => p.id !== point.id))}
                >
                  <Icon name="close" />
                  <span class="tool__label">{t('points.remove')}</span>
                </button>
              </div>
              {question && question.present !== 'text' && (
                <p class="point__views">
                  {said.map((side, i) => {
                    const answer = side.answers[question.id];
                    return (
                      <span key={names[i]}>
                        <strong>{names[i]}:</strong>{' '}
                        {answer === undefined
                          ? t('together.nothing-said')
                          : answerInWords(question, answer, lang)}
                      </span>
                    );
                  })}
                </p>
              )}
              <label class="field">
                <span>{t('points.stands-out')}</span>
                <textarea
                  rows={2}
                  maxLength={1000}
                  value={point.standsOut}
                  data-testid="point-stands-out"
                  onInput={(e) => change(point, { standsOut: e.currentTarget.value })}
                />
              </label>
              <label class="field">
                <span>{t('points.what')}</span>
                <textarea
                  rows={2}
                  maxLength={1000}
                  value={point.what}
                  data-testid="point-what"
                  onInput={(e) => change(point, { what: e.currentTarget.value })}
                />
              </label>
              {point.what.trim() !== '' && (
                <WhoWhen
                  prefix="point"
                  whos={whos}
                  labelOf={(who) => t(`who.${who}`, { name: talk.client.shortName })}
                  value={point}
                  onChange={(part) => change(point, part)}
                />
              )}
            </section>
          );
        })}
        <button
          type="button"
          class="button points__add"
          data-testid="point-add"
          onClick={() => onChange([...talk.points, newPoint(uuidv7(), null)])}
        >
          <Icon name="plus" /> {t('points.add')}
        </button>
      </main>
      <footer class="talk__bar">
        <button type="button" class="button button--plain" data-testid="back" onClick={onBack}>
          <Icon name="back" /> {t('back')}
        </button>
        <button
          type="button"
          class="button button--main"
          data-testid="finish"
          disabled={busy}
          onClick={onFinish}
        >
          <Icon name="check" /> {t('points.finish')}
        </button>
      </footer>
    </>
  );
}
