import { pick, useLanguage } from '../i18n/i18n';
import type { Question } from '../instrument/types';
import { Said as SaidAnswer } from '../readback/AnswerBack';
import { Icon } from '../shell/Icon';
import { Symbol } from '../shell/Symbol';
import type { Row, Said } from './sets';

interface Props {
  row: Row;
  sides: Said[];
  names: string[];
  pictures: boolean;
  chosen: boolean;
  onToggle: () => void;
}

/** One question with every view beside the others, each in its own words. */
export function BesideRow({ row, sides, names, pictures, chosen, onToggle }: Props) {
  const { t, lang } = useLanguage();
  const { question, wish } = row;
  const id = `beside-${question.id}`;
  return (
    <article class={`beside__row ${chosen ? 'beside__row--chosen' : ''}`} data-testid={id}>
      <h3 id={`${id}-q`} class="beside__question">
        <Symbol id={question.picture} size="s" /> {pick(question.text, lang)}
      </h3>
      <dl class="beside__views">
        {sides.map((side, i) => (
          <div key={names[i]} class={`beside__view beside__view--${i % 2}`} data-testid="view">
            <dt>{names[i]}</dt>
            <dd>
              <View question={question} wish={wish} side={side} pictures={pictures} />
            </dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        class="button button--small beside__pick"
        aria-pressed={chosen}
        aria-describedby={`${id}-q`}
        data-testid={`stands-out-${question.id}`}
        onClick={onToggle}
      >
        <Icon name={chosen ? 'check' : 'plus'} /> {t(chosen ? 'together.on-card' : 'together.stands-out')}
      </button>
    </article>
  );
}

interface ViewProps {
  question: Question;
  wish: Question | null;
  side: Said;
  pictures: boolean;
}

function View({ question, wish, side, pictures }: ViewProps) {
  const { t } = useLanguage();
  const answer = side.answers[question.id];
  const wanted = wish ? side.answers[wish.id] : undefined;
  const passed = side.passed[question.id];
  return (
    <>
      {answer === undefined ? (
        <p class="said__passed">
          <Icon name="skip" />{' '}
          {passed ? (passed.reason ?? t('together.nothing-said')) : t('together.not-asked')}
        </p>
      ) : (
        <SaidAnswer question={question} value={answer} pictures={pictures} />
      )}
      {wish && wanted !== undefined && <SaidAnswer question={wish} value={wanted} pictures={pictures} />}
      {side.words[question.id] && <blockquote class="said__words">{side.words[question.id]}</blockquote>}
    </>
  );
}
