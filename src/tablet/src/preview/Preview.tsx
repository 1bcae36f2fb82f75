// An instrument exactly as on the tablet, without a vault: nothing of it is kept, nothing is sent, and it says so.
import { useEffect, useState } from 'preact/hooks';
import { ComfortContext, useComfortState } from '../comfort/comfort';
import { Talk } from '../conversation/Talk';
import { begin, type Draft } from '../conversation/state';
import { LanguageContext, pick, translator, useTexts, type Key } from '../i18n/i18n';
import { readInstrument } from '../instrument/read';
import type { Instrument, InstrumentFile, Lang, Perspective } from '../instrument/types';
import { Announcer } from '../shell/announce';
import { ChooseOne } from '../shell/Choices';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import type { PreviewRef } from './ref';
import './preview.css';

async function fetchInstrument({ id, version }: PreviewRef): Promise<Instrument | null> {
  try {
    const response = await fetch(`/api/instruments/${encodeURIComponent(id)}/${encodeURIComponent(version)}`);
    return response.ok ? readInstrument((await response.json()) as InstrumentFile) : null;
  } catch {
    return null;
  }
}

function draftOf(instrument: Instrument, perspective: Perspective, listening: boolean, lang: Lang): Draft {
  const t = translator(lang);
  const name = t(instrument.subject === 'client' ? 'preview.client' : 'preview.place');
  const setup = {
    choice: null,
    client: { id: 'preview', name, shortName: name },
    instrument: { id: instrument.id, version: instrument.version, sha256: '' },
    perspective,
    language: lang,
    conductor: { relation: 'none' as const, knowsClient: 'hardly' as const, chosenByClient: false },
    present: [],
    answersBy: 'speaking' as const,
    listening,
  };
  const draft = begin(setup, instrument, 'preview', new Date(0).toISOString());
  const reflection = { people: 4, lastOn: null, last: [], cameOf: {}, opened: true };
  return instrument.subject === 'client' ? draft : { ...draft, reflection };
}

export function Preview({ of }: { of: PreviewRef }) {
  const control = useComfortState(false);
  const { lang } = control.comfort;
  const language = useTexts(lang);
  const { t } = language;
  const [instrument, setInstrument] = useState<Instrument | 'missing' | null>(null);
  const [run, setRun] = useState(0);
  const [perspective, setPerspective] = useState<Perspective | null>(null);
  const [listening, setListening] = useState<boolean | null>(null);
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    void fetchInstrument(of).then((found) => setInstrument(found ?? 'missing'));
  }, [of]);
  const again = (): void => {
    setEnded(false);
    setRun(run + 1);
  };
  const shown = instrument === 'missing' ? null : instrument;
  const perspectives = shown?.perspectives.map((p) => p.perspective) ?? [];
  const whose = perspective ?? perspectives[0] ?? 'client';
  const byEar = listening ?? shown?.forListening ?? false;
  return (
    <ComfortContext.Provider value={control}>
      <LanguageContext.Provider value={language}>
        <Announcer>
          <aside class="preview" data-testid="preview" aria-label={t('preview.note')}>
            <p class="preview__note">
              <Icon name="eye" /> {t('preview.note')}
            </p>
            {shown && (
              <div class="preview__choices">
                {perspectives.length > 1 && (
                  <ChooseOne
                    legend={t('preview.whose')}
                    name="preview-perspective"
                    value={whose}
                    choices={perspectives.map((value) => ({
                      value,
                      label: t(`places.by-${value}` as Key),
                    }))}
                    onChange={(value) => {
                      setPerspective(value);
                      again();
                    }}
                  />
                )}
                {shown.subject === 'client' && whose !== 'observer' && (
                  <ChooseOne
                    legend={t('ask.how')}
                    name="preview-ask"
                    value={byEar ? 'listen' : 'screen'}
                    choices={[
                      { value: 'screen', label: t('ask.screen') },
                      { value: 'listen', label: t('ask.listen') },
                    ]}
                    onChange={(value) => {
                      setListening(value === 'listen');
                      again();
                    }}
                  />
                )}
                <button
                  type="button"
                  class="button button--small"
                  data-testid="preview-again"
                  onClick={again}
                >
                  <Icon name="refresh" /> {t('preview.again')}
                </button>
              </div>
            )}
          </aside>
          {instrument === 'missing' && <p class="empty">{t('preview.missing')}</p>}
          {shown && !ended && (
            <Talk
              key={`${run} ${whose} ${String(byEar)}`}
              draft={draftOf(shown, whose, byEar, shown.languages.includes(lang) ? lang : 'nl')}
              instrument={shown}
              save={() => Promise.resolve()}
              onPause={() => setEnded(true)}
              onEnd={() => {
                setEnded(true);
                return Promise.resolve(true);
              }}
            />
          )}
          {shown && ended && (
            <main class="thanks" data-testid="preview-end">
              <Heading step="preview-end">{t('preview.end')}</Heading>
              <p class="lead">{pick(shown.title, lang)}</p>
              <button type="button" class="button button--main" onClick={again}>
                <Icon name="refresh" /> {t('preview.again')}
              </button>
            </main>
          )}
        </Announcer>
      </LanguageContext.Provider>
    </ComfortContext.Provider>
  );
}
