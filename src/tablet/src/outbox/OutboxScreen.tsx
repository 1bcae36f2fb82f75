import { useState } from 'preact/hooks';
import { useLanguage } from '../i18n/i18n';
import { Dialog } from '../shell/Dialog';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { SignIn } from '../vault/SignIn';
import type { Person } from '../work/api';
import { exportParcel } from './exportParcel';
import type { Parcel } from './parcel';
import { usePersisted } from './usePersisted';
import type { OutboxState } from './useOutbox';
import './outbox.css';

interface Props {
  state: OutboxState;
  email: string;
  needsSignIn: boolean;
  onSignedIn: (person: Person, email: string, password: string) => Promise<void>;
  onBack: () => void;
}

export function OutboxScreen({ state, email, needsSignIn, onSignedIn, onBack }: Props) {
  const { t } = useLanguage();
  const persisted = usePersisted();
  const again = async (parcel: Parcel): Promise<void> => {
    await state.outbox.takeBack(parcel.id);
    await state.poke(true);
  };
  return (
    <section class="page page--narrow">
      <button type="button" class="button button--plain" data-testid="outbox-back" onClick={onBack}>
        <Icon name="back" /> {t('back.list')}
      </button>
      {needsSignIn ? (
        <SignIn email={email} title="sign-in.again" onSignedIn={onSignedIn} onBack={null} />
      ) : (
        <Heading step="outbox">{t('outbox.title')}</Heading>
      )}
      {state.parcels.length === 0 ? (
        <p class="empty">
          <Icon name="sent" /> {t('outbox.empty')}
        </p>
      ) : (
        <>
          <p class="lead">{t('outbox.lead')}</p>
          {persisted === false && (
            <p class="notice" data-testid="not-persisted">
              <Icon name="tip" /> <span>{t('outbox.persist')}</span>
            </p>
          )}
          <ul class="parcels">
            {state.parcels.map((p) => (
              <ParcelRow key={p.id} parcel={p} onAgain={() => void again(p)} />
            ))}
          </ul>
          {!needsSignIn && state.waiting > 0 && (
            <button
              type="button"
              class="button"
              data-testid="outbox-now"
              onClick={() => void state.poke(true)}
            >
              <Icon name="refresh" /> {t('outbox.now')}
            </button>
          )}
        </>
      )}
    </section>
  );
}

function ParcelRow({ parcel, onAgain }: { parcel: Parcel; onAgain: () => void }) {
  const { t, lang } = useLanguage();
  const when = new Date(parcel.queuedAt).toLocaleString(lang === 'nl' ? 'nl-NL' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
  const { aside } = parcel;
  const [exporting, setExporting] = useState(false);
  return (
    <li class={aside ? 'parcel parcel--aside' : 'parcel'} data-testid="parcel" data-aside={aside?.code ?? ''}>
      <Icon name={aside ? 'alert' : 'waiting'} />
      <div class="parcel__text">
        <strong>{parcel.clientName}</strong>
        <span class="quiet">{when}</span>
        {aside && (
          <>
            <p>{aside.status === 409 ? t('outbox.aside-409') : t('outbox.aside-other')}</p>
            <details class="parcel__faults">
              <summary>{t('outbox.helpdesk')}</summary>
              {/* In the service's own words, which whoever runs it looks for. */}
              <div lang="en">
                <p>
                  {[String(aside.status), aside.code, aside.title].filter((part) => part !== '').join(' · ')}
                </p>
                <ul>
                  {aside.faults.map((f) => (
                    <li key={f.pointer}>
                      <code>{f.pointer}</code> {f.reason}
                    </li>
                  ))}
                </ul>
              </div>
            </details>
            <div class="row">
              <button type="button" class="button" data-testid="parcel-again" onClick={onAgain}>
                <Icon name="refresh" /> {t('outbox.again')}
              </button>
              <button
                type="button"
                class="button"
                data-testid="parcel-export"
                onClick={() => setExporting(true)}
              >
                {t('outbox.export')}
              </button>
            </div>
          </>
        )}
      </div>
      {exporting && <ExportDialog parcel={parcel} onClose={() => setExporting(false)} />}
    </li>
  );
}

/** The file can be read by whoever has it, which the vault's copy cannot: a person decides that, knowing it. */
function ExportDialog({ parcel, onClose }: { parcel: Parcel; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Dialog title={t('outbox.export-title')} onClose={onClose}>
      <p class="lead">{t('outbox.export-text', { name: parcel.clientName })}</p>
      <div class="stack">
        <button
          type="button"
          class="button button--main"
          data-testid="export-confirm"
          onClick={() => {
            exportParcel(parcel);
            onClose();
          }}
        >
          {t('outbox.export-do')}
        </button>
        <button type="button" class="button" data-testid="export-cancel" onClick={onClose}>
          {t('back')}
        </button>
      </div>
    </Dialog>
  );
}
