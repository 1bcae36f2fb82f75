import { useLanguage } from '../i18n/i18n';
import { Icon } from '../shell/Icon';
import type { ReflectionPlace, ReflectionWork } from './types';

/** Few enough to stay a list at the foot of the work list; more are found by name. */
const MOST = 6;

interface Props {
  work: ReflectionWork | null;
  search: string;
  onPlace: (place: ReflectionPlace) => void;
}

/** Under the clients: the teams and locations that a group can talk about. */
export function PlaceList({ work, search, onPlace }: Props) {
  const { t } = useLanguage();
  const wanted = search.trim().toLowerCase();
  const found = (work?.places ?? []).filter(
    (p) => p.instruments.length > 0 && p.name.toLowerCase().includes(wanted),
  );
  if (found.length === 0) return null;
  return (
    <section aria-labelledby="part-places">
      <h2 id="part-places" class="part">
        {t('places.title')}
      </h2>
      <ul class="clients">
        {found.slice(0, MOST).map((place) => (
          <li key={place.id}>
            <button type="button" class="client" data-testid="work-place" onClick={() => onPlace(place)}>
              <span class="initials" aria-hidden="true">
                <Icon name="table" />
              </span>
              <span class="client__text">
                <span class="client__name">{place.name}</span>
                <span class="client__place">{t(`places.${place.kind}`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > MOST && <p class="quiet">{t('places.more', { n: found.length - MOST })}</p>}
    </section>
  );
}
