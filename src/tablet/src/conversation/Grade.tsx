import { useId } from 'preact/hooks';
import type { AnswerProps } from './Answer';

export function Grade({ question, value, labelledBy, onAnswer }: AnswerProps) {
  const name = useId();
  const grades = Array.from(
    { length: question.maximum - question.minimum + 1 },
    (_, i) => question.minimum + i,
  );
  return (
    <div class="grades" role="radiogroup" aria-labelledby={labelledBy}>
      {grades.map((grade) => (
        <label
          key={grade}
          class={`grade ${value === grade ? 'grade--chosen' : ''}`}
          data-testid={`option-${grade}`}
        >
          <input type="radio" name={name} checked={value === grade} onChange={() => onAnswer(grade)} />
          <span>{grade}</span>
        </label>
      ))}
    </div>
  );
}
