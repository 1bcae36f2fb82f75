// One live region for the whole app: what changes without focus moving is said here.
import { createContext, type ComponentChildren } from 'preact';
import { useCallback, useContext, useState } from 'preact/hooks';

type Announce = (text: string) => void;
const AnnounceContext = createContext<Announce>(() => undefined);
export const useAnnounce = (): Announce => useContext(AnnounceContext);

export function Announcer({ children }: { children: ComponentChildren }) {
  const [said, setSaid] = useState({ text: '', turn: 0 });
  const announce = useCallback<Announce>((text) => setSaid((last) => ({ text, turn: last.turn + 1 })), []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div class="hidden-text" role="status" aria-live="polite" data-testid="announcer">
        {/* A text that is said twice must be new to the screen reader the second time. */}
        <span key={said.turn}>{said.text}</span>
      </div>
    </AnnounceContext.Provider>
  );
}
