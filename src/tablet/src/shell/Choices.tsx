// A small set of choices for the worker's own screens (the client's answers have their own, larger form).
import { useId } from 'preact/hooks';

interface Choice<T extends string> {
  value: T;
  label: string;
}

interface Common<T extends string> {
  legend: string;
  name: string;
  choices: Choice<T>[];
}

export function ChooseOne<T extends string>({
  legend,
  name,
  choices,
  value,
  onChange,
}: Common<T> & { value: T | null; onChange: (value: T) => void }) {
  const group = useId();
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      <div class="choices__row">
        {choices.map((c) => (
          <label key={c.value} class="chip" data-testid={`${name}-${c.value}`}>
            <input type="radio" name={group} checked={value === c.value} onChange={() => onChange(c.value)} />
            <span>{c.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function ChooseSome<T extends string>({
  legend,
  name,
  choices,
  values,
  onChange,
}: Common<T> & { values: T[]; onChange: (values: T[]) => void }) {
  const toggle = (value: T): void =>
    onChange(values.includes(value) ? values.filter((v) => v !== value) : [...values, value]);
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      <div class="choices__row">
        {choices.map((c) => (
          <label key={c.value} class="chip" data-testid={`${name}-${c.value}`}>
            <input type="checkbox" checked={values.includes(c.value)} onChange={() => toggle(c.value)} />
            <span>{c.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
