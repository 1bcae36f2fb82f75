import { useEffect } from 'preact/hooks';

/**
 * The tablet's own back gesture goes to the work list instead of out of the app. During a conversation it does
 * nothing: a stray swipe must not take the question away.
 */
export function useBackGesture(place: string, toList: () => void): void {
  useEffect(() => {
    if (place === 'list') return undefined;
    history.pushState({ place }, '');
    const back = (): void => {
      if (place === 'talk' || place === 'together') history.pushState({ place }, '');
      else toList();
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, [place, toList]);
}
