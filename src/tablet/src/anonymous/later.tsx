// The screens of answering without a name, fetched when they are needed: most conversations have a name, and start sooner for it.
import { h, type ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Screens = typeof import('./screens');

/** Draws nothing until the screens are here; the service worker keeps them, so that works without network too. */
const later =
  <N extends keyof Screens>(name: N) =>
  (props: Parameters<Screens[N]>[0]) => {
    const [screens, setScreens] = useState<Screens | null>(null);
    useEffect(() => void import('./screens').then(setScreens), []);
    return screens && h(screens[name] as ComponentType<typeof props>, props);
  };

export const NameOrNot = later('NameOrNot');
export const SendOrNot = later('SendOrNot');
export const UnnamedEnd = later('UnnamedEnd');
export const UnnamedWaiting = later('UnnamedWaiting');
