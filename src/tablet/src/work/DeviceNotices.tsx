// What is wrong with the tablet itself, told before it costs anything: little room left, a clock that is off.
import { useEffect, useState } from 'preact/hooks';
import { useLanguage } from '../i18n/i18n';
import { Icon } from '../shell/Icon';

/** A few hundred conversations; told early enough to clear something before it matters. */
const LITTLE = 20 * 1024 * 1024;
/** Less is a clock like any other; more gives a conversation the wrong day sooner or later. */
const OFF = 10 * 60_000;

function useLittleRoom(): boolean {
  const [little, setLittle] = useState(false);
  useEffect(() => {
    void navigator.storage?.estimate?.().then(({ quota, usage }) => {
      setLittle(quota !== undefined && usage !== undefined && quota - usage < LITTLE);
    });
  }, []);
  return little;
}

/** @param clockOff How far the tablet's clock is ahead of the service's, in milliseconds; null when not known. */
export function DeviceNotices({ clockOff }: { clockOff: number | null }) {
  const { t, lang } = useLanguage();
  const little = useLittleRoom();
  const off = clockOff !== null && Math.abs(clockOff) > OFF;
  const now = new Date().toLocaleString(lang === 'nl' ? 'nl-NL' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (
    <>
      {little && (
        <p class="notice notice--strong" role="status" data-testid="little-room">
          <Icon name="alert" /> <span>{t('device.little-room')}</span>
        </p>
      )}
      {off && (
        <p class="notice" role="status" data-testid="clock-off">
          <Icon name="alert" /> <span>{t('device.clock-off', { now })}</span>
        </p>
      )}
    </>
  );
}
