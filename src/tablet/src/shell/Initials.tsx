/** The first letters of someone's first and last name, in a balloon. Decorative: the name stands beside it. */
export function Initials({ name }: { name: string }) {
  const parts = name.split(/\s+/).filter((part) => part !== '');
  const letters = [parts[0], parts.length > 1 ? parts[parts.length - 1] : undefined].map((p) => p?.[0] ?? '');
  const tone = [...name].reduce((sum, c) => sum + (c.codePointAt(0) ?? 0), 0) % 4;
  return (
    <span class={`initials initials--${tone}`} aria-hidden="true">
      {letters.join('').toUpperCase()}
    </span>
  );
}
