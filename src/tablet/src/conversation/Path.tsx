// Progress as a path with stones, one for each part of the talk. No percentage: how far you are is where you stand.
import { pick, useLanguage } from '../i18n/i18n';
import type { Instrument } from '../instrument/types';
import { symbolUrl } from '../instrument/store';
import { Icon, type IconName } from '../shell/Icon';
import { answeredApart } from '../together/sets';
import type { Draft } from './state';

interface Stone {
  id: string;
  title: string;
  picture: string | null;
  icon?: IconName;
}

interface Props {
  instrument: Instrument;
  phase: Draft['phase'];
  section: string;
  /** Without a name there are no agreements: it ends with sending. */
  anonymous: boolean;
}

/** Gently up and down, so that the stones look walked on rather than ruled. */
const height = (i: number): number => (i % 2 === 0 ? 12 : 28);

function trail(count: number): string {
  const x = (i: number): number => i * 100 + 50;
  let d = `M${x(0)} ${height(0)}`;
  for (let i = 1; i < count; i++) {
    d += ` C${x(i) - 50} ${height(i - 1)} ${x(i) - 50} ${height(i)} ${x(i)} ${height(i)}`;
  }
  return d;
}

export function Path({ instrument, phase, section, anonymous }: Props) {
  const { t, lang } = useLanguage();
  const stones: Stone[] = [
    ...instrument.sections.map((s) => ({ id: s.id, title: pick(s.title, lang), picture: s.picture })),
    { id: '/readback', title: t('readback.step'), picture: null, icon: 'check' },
    answeredApart(instrument)
      ? { id: '/together', title: t('together.step'), picture: null, icon: 'beside' }
      : {
          id: '/agreements',
          title: t(anonymous ? 'unnamed.step' : 'agreements.step'),
          picture: null,
          icon: anonymous ? 'next' : 'talk',
        },
  ];
  const here = phase === 'questions' ? section : `/${phase}`;
  const at = Math.max(
    0,
    stones.findIndex((s) => s.id === here),
  );
  const current = stones[at];
  return (
    <nav class="path" aria-label={t('path')}>
      <div class="path__stones">
        <svg
          class="path__trail"
          viewBox={`0 0 ${stones.length * 100} 40`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path d={trail(stones.length)} />
        </svg>
        <ol>
          {stones.map((stone, i) => (
            <li
              key={stone.id}
              class={`stone ${i % 2 ? 'stone--low' : ''} ${i < at ? 'stone--done' : ''} ${i === at ? 'stone--here' : ''}`}
              aria-current={i === at ? 'step' : undefined}
            >
              <span class="hidden-text">
                {t('path.step', { n: i + 1, of: stones.length, title: stone.title })}
                {i < at ? ` ${t('path.done')}` : ''}
              </span>
              {i < at && <Icon name="check" />}
              {i === at && stone.picture && <img src={symbolUrl(stone.picture)} alt="" draggable={false} />}
              {i === at && stone.icon && <Icon name={stone.icon} />}
            </li>
          ))}
        </ol>
      </div>
      <p class="path__here" aria-hidden="true">
        {current?.title}
      </p>
    </nav>
  );
}
