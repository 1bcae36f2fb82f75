import { useEffect, useState } from 'preact/hooks';
import { pick, useLanguage } from '../i18n/i18n';
import type { Option, StepFile } from '../instrument/types';
import { useAnnounce } from '../shell/announce';
import { Icon } from '../shell/Icon';
import { Symbol } from '../shell/Symbol';
import type { AnswerProps } from './Answer';
import { OptionGroup } from './OptionGroup';

/** First good or not good, then how: never more than two or three things to choose from at a time. */
export function TwoStep(props: AnswerProps) {
  const { question, value, labelledBy, onAnswer, onClear, onHalfway } = props;
  const { t, lang } = useLanguage();
  const announce = useAnnounce();
  const holding = question.steps.find((s) => typeof value === 'string' && s.options.includes(value));
  const [opened, setOpened] = useState<{ question: string; step: string } | null>(null);
  const step =
    holding ?? question.steps.find((s) => opened?.question === question.id && opened.step === s.id);

  const take = (next: StepFile): void => {
    setOpened({ question: question.id, step: next.id });
    const only = next.options.length === 1 ? next.options[0] : undefined;
    if (only) return onAnswer(only);
    if (value !== undefined && !next.options.includes(String(value))) onClear();
    announce(t('step.how'));
  };
  const halfway = step !== undefined && value === undefined;
  useEffect(() => {
    onHalfway?.(halfway);
    return () => onHalfway?.(false);
  }, [halfway, onHalfway]);
  const options = (step?.options ?? [])
    .map((code) => question.options.find((o) => o.code === code))
    .filter((o): o is Option => o !== undefined);

  return (
    <div class="twostep">
      <div class="options options--faces options--2" role="group" aria-labelledby={labelledBy}>
        {question.steps.map((s) => (
          <button
            key={s.id}
            type="button"
            class={`option ${step?.id === s.id ? 'option--chosen' : ''}`}
            aria-pressed={step?.id === s.id}
            data-testid={`step-${s.id}`}
            onClick={() => take(s)}
          >
            <Symbol id={s.picture ?? null} size="l" />
            <span class="option__text">{pick(s.text, lang)}</span>
            <span class="option__mark">
              <Icon name="check" />
            </span>
          </button>
        ))}
      </div>
      {step && options.length > 1 && (
        <div class="twostep__how">
          <h2 id={`how-${question.id}`} class="twostep__ask" tabIndex={-1}>
            {t('step.how')}
          </h2>
          <OptionGroup {...props} look="faces" options={options} labelledBy={`how-${question.id}`} />
        </div>
      )}
    </div>
  );
}
