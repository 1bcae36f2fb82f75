import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * The one heading of a screen. Focus moves to it whenever `step` changes, so that someone who does not see the
 * screen knows where they are.
 */
export function Heading({ step, children, id }: { step: string; children: ComponentChildren; id?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Before the screen is drawn: nothing may take the focus in between, only to lose it again.
  useLayoutEffect(() => {
    // Only where it can be seen: a screen is drawn apart from the document first.
    if (heading.current?.getRootNode() !== document) return;
    heading.current.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [step]);
  return (
    <h1 ref={heading} tabIndex={-1} class="heading" {...(id ? { id } : {})}>
      {children}
    </h1>
  );
}
