interface Props {
  label: string;
  value: string;
  testId: string;
  onChange: (value: string) => void;
}

export const PIN_LENGTH = 6;

export function PinField({ label, value, testId, onChange }: Props) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        class="pin"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        pattern={`[0-9]{${PIN_LENGTH}}`}
        maxLength={PIN_LENGTH}
        required
        placeholder="••••••"
        value={value}
        data-testid={testId}
        onInput={(e) => {
          const digits = e.currentTarget.value.replace(/\D/g, '').slice(0, PIN_LENGTH);
          e.currentTarget.value = digits;
          onChange(digits);
        }}
      />
    </label>
  );
}
