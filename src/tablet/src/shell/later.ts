import { h, type ComponentChild, type ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/**
 * A screen that is fetched when it is needed, for what most conversations never show: they start sooner for it. Draws nothing
 * until it is here; the service worker keeps it, so that it works without network too.
 */
export const later =
  <P extends object>(load: () => Promise<ComponentType<P>>) =>
  (props: P): ComponentChild => {
    const [screen, setScreen] = useState<{ Screen: ComponentType<P> } | null>(null);
    useEffect(() => void load().then((Screen) => setScreen({ Screen })), []);
    return screen && h(screen.Screen, props);
  };
