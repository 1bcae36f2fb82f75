import type { Translate } from '../i18n/i18n';
import type { Side } from './sets';

/** What each view is called: the client by name; several of one kind are numbered. */
export function viewNames(sides: Side[], name: string, t: Translate): string[] {
  return sides.map((side) => {
    const same = sides.filter((s) => s.perspective === side.perspective);
    if (same.length > 1 && side.perspective === 'observer')
      return t('view.observer-n', { n: same.indexOf(side) + 1 });
    return t(`view.${side.perspective === 'team' ? 'worker' : side.perspective}`, { name });
  });
}
