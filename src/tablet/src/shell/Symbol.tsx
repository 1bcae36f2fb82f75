import { symbolUrl } from '../instrument/store';

/** A picture from the instrument. The word stands beside it, so it says nothing to a screen reader. */
export function Symbol({ id, size = 'm' }: { id: string | null; size?: 's' | 'm' | 'l' }) {
  if (!id) return null;
  return (
    <span class={`symbol symbol--${size}`}>
      <img src={symbolUrl(id)} alt="" draggable={false} />
    </span>
  );
}
