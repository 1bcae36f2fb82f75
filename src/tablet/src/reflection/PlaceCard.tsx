// One team or location: which talks there are, when the last one was, and the few things to know before it begins.
import { useState } from 'preact/hooks';
import { useComfort } from '../comfort/comfort';
import type { Setup, Reflection } from '../conversation/state';
import { longDate, pick, useLanguage } from '../i18n/i18n';
import type { Instrument, Lang, Perspective } from '../instrument/types';
import { ChooseOne } from '../shell/Choices';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import type { LastTime, ReflectionInstrument, ReflectionPlace, ReflectionWork } from './types';
import '../work/prepare.css';
import './reflection.css';

interface Props {
  place: ReflectionPlace;
  work: ReflectionWork | null;
  open: (instrument: ReflectionInstrument) => Promise<Instrument | null>;
  onStart: (setup: Setup, reflection: Reflection, instrument: Instrument) => void;
  onBack: () => void;
}

export function PlaceCard({ place, work, open, onStart, onBack }: Props) {
  const { t, lang } = useLanguage();
  const [chosen, setChosen] = useState<{ listed: ReflectionInstrument; instrument: Instrument } | null>(null);
  const lastOf = (id: string) => place.last.filter((l) => l.instrument === id);
  const choose = async (listed: ReflectionInstrument): Promise<void> => {
    const instrument = await open(listed);
    if (instrument) setChosen({ listed, instrument });
  };
  if (chosen) {
    const lasts = lastOf(chosen.listed.id);
    return (
      <Around
        place={place}
        listed={chosen.listed}
        instrument={chosen.instrument}
        lasts={lasts}
        onStart={(setup, people) => {
          const last = lasts.find((l) => l.perspective === setup.perspective);
          onStart(
            setup,
            { people, lastOn: last?.heldOn ?? null, last: last?.points ?? [], cameOf: {}, opened: false },
            chosen.instrument,
          );
        }}
        onBack={() => setChosen(null)}
      />
    );
  }
  return (
    <section class="page page--narrow" data-testid="place">
      <button type="button" class="button button--plain" data-testid="to-list" onClick={onBack}>
        <Icon name="back" /> {t('back.list')}
      </button>
      <div class="who">
        <span class="initials" aria-hidden="true">
          <Icon name="table" />
        </span>
        <div>
          <Heading step={place.id}>{place.name}</Heading>
          <p class="lead">{t('places.lead')}</p>
        </div>
      </div>
      <ul class="dues">
        {(work?.instruments ?? [])
          .filter((i) => place.instruments.includes(i.id))
          .map((listed) => {
            const lasts = lastOf(listed.id);
            const points = lasts.reduce((sum, last) => sum + last.points.length, 0);
            return (
              <li key={listed.id} class="due">
                <Icon name="talk" />
                <div class="due__text">
                  <h2>{pick(listed.title, lang)}</h2>
                  <p>
                    {t('places.minutes', { n: listed.minutes })}
                    {' · '}
                    {lasts.length === 0 && t('places.first')}
                    {lasts
                      .map(
                        (last) =>
                          (lasts.length > 1 ? `${t(`places.by-${last.perspective}`)}: ` : '') +
                          t('places.last', { day: longDate(last.heldOn, lang) }),
                      )
                      .join(' · ')}
                  </p>
                  {points > 0 && <p class="badge">{t('places.points', { n: points })}</p>}
                </div>
                <button
                  type="button"
                  class="button button--main"
                  data-testid="start-reflection"
                  data-instrument={listed.id}
                  onClick={() => void choose(listed)}
                >
                  {t('client.start')} <Icon name="next" />
                </button>
              </li>
            );
          })}
      </ul>
    </section>
  );
}

/** Whose turn it is: of the views that are needed, the one that was asked longest ago. */
function nextView(instrument: Instrument, lasts: LastTime[]): Perspective {
  const heldOn = (view: Perspective): string => lasts.find((l) => l.perspective === view)?.heldOn ?? '';
  const needed = instrument.perspectives.filter((p) => p.minimum > 0).map((p) => p.perspective);
  const [next] = needed.toSorted((a, b) => heldOn(a).localeCompare(heldOn(b)));
  return next ?? instrument.perspectives[0]?.perspective ?? 'team';
}

interface AroundProps {
  place: ReflectionPlace;
  listed: ReflectionInstrument;
  instrument: Instrument;
  lasts: LastTime[];
  onStart: (setup: Setup, people: number) => void;
  onBack: () => void;
}

/** Who sits around the table. */
function Around({ place, listed, instrument, lasts, onStart, onBack }: AroundProps) {
  const { t, lang } = useLanguage();
  const { comfort } = useComfort();
  const [people, setPeople] = useState(4);
  const [language, setLanguage] = useState<Lang>(
    instrument.languages.includes(comfort.lang) ? comfort.lang : (instrument.languages[0] ?? 'nl'),
  );
  const perspectives = instrument.perspectives.map((p) => p.perspective);
  const [perspective, setPerspective] = useState<Perspective>(nextView(instrument, lasts));
  const start = (): void =>
    onStart(
      {
        choice: null,
        client: { id: place.id, name: place.name, shortName: place.name },
        instrument: { id: listed.id, version: listed.version, sha256: listed.sha256 },
        perspective,
        language,
        // Of a conversation about a client; a reflection sends none of these.
        conductor: { relation: 'none', knowsClient: 'hardly', chosenByClient: false },
        present: [],
        answersBy: 'speaking',
      },
      people,
    );
  return (
    <section class="page page--narrow">
      <button type="button" class="button button--plain" data-testid="prepare-back" onClick={onBack}>
        <Icon name="back" /> {t('back')}
      </button>
      <Heading step="around">{pick(instrument.title, lang)}</Heading>
      <p class="lead">{place.name}</p>
      <div class="prepare">
        <fieldset class="choices">
          <legend>{t('places.people')}</legend>
          <div class="count">
            <button
              type="button"
              class="button"
              aria-label={t('places.fewer')}
              data-testid="people-fewer"
              disabled={people <= 1}
              onClick={() => setPeople(people - 1)}
            >
              <Icon name="minus" />
            </button>
            <output class="count__number" data-testid="people" aria-live="polite">
              {people}
            </output>
            <button
              type="button"
              class="button"
              aria-label={t('places.one-more')}
              data-testid="people-more"
              disabled={people >= 200}
              onClick={() => setPeople(people + 1)}
            >
              <Icon name="plus" />
            </button>
          </div>
        </fieldset>
        {perspectives.length > 1 && (
          <ChooseOne
            legend={t('places.whose')}
            name="perspective"
            value={perspective}
            choices={perspectives.map((value) => ({ value, label: t(`places.by-${value}`) }))}
            onChange={setPerspective}
          />
        )}
        {instrument.languages.length > 1 && (
          <ChooseOne
            legend={t('prepare.language')}
            name="language"
            value={language}
            choices={instrument.languages.map((value) => ({
              value,
              label: value === 'nl' ? 'Nederlands' : 'English',
            }))}
            onChange={setLanguage}
          />
        )}
      </div>
      <p class="notice">
        <Icon name="lock" /> <span>{t('places.free')}</span>
      </p>
      <button type="button" class="button button--main" data-testid="reflection-begin" onClick={start}>
        {t('places.begin')} <Icon name="next" />
      </button>
    </section>
  );
}
