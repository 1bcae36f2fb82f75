// The ways to answer. Which one is the instrument's choice; each is a group of large targets or one field.
import { useLanguage } from '../i18n/i18n';
import type { AnswerValue, Question } from '../instrument/types';
import { Grade } from './Grade';
import { OptionGroup, type Look } from './OptionGroup';
import { TwoStep } from './TwoStep';
import type { Reader } from './useReader';

export interface AnswerProps {
  question: Question;
  value: AnswerValue | undefined;
  labelledBy: string;
  pictures: boolean;
  reader?: Reader;
  isWish?: boolean;
  onAnswer: (value: AnswerValue) => void;
  onClear: () => void;
  /** Told when the first of two steps is chosen and the second is not yet. */
  onHalfway?: (halfway: boolean) => void;
}

const looks: Partial<Record<Question['present'], Look>> = {
  faces: 'faces',
  levels: 'levels',
  'yes-no': 'row',
};

export function Answer(props: AnswerProps) {
  const { question } = props;
  switch (question.present) {
    case 'two-step':
      return question.steps.length > 0 ? <TwoStep {...props} /> : <OptionGroup {...props} look="faces" />;
    case 'grade':
      return <Grade {...props} />;
    case 'text':
      return <TextAnswer {...props} />;
    case 'words':
    case 'faces':
    case 'levels':
    case 'yes-no':
    case 'multiple':
      return <OptionGroup {...props} look={props.isWish ? 'wish' : (looks[question.present] ?? 'words')} />;
  }
}

function TextAnswer({ question, value, labelledBy, onAnswer }: AnswerProps) {
  const { t } = useLanguage();
  return (
    <div class="field field--answer">
      <textarea
        rows={5}
        maxLength={4000}
        aria-labelledby={labelledBy}
        placeholder={t('text.placeholder')}
        value={typeof value === 'string' ? value : ''}
        data-testid={`text-${question.id}`}
        onInput={(e) => onAnswer(e.currentTarget.value)}
      />
    </div>
  );
}
