// The shared looks first: what a feature says about its own screens comes after and wins.
import './styles/index.css';
import { render } from 'preact';
import { previewRef } from './preview/ref';
import { App } from './shell/App';
import { openDatabase } from './vault/database';
import { Vaults } from './vault/vaults';

const place = document.getElementById('app');
const preview = previewRef(location.search);
if (place && preview) {
  const { Preview } = await import('./preview/Preview');
  render(<Preview of={preview} />, place);
} else if (place) {
  const db = await openDatabase();
  render(<App db={db} known={await new Vaults(db).list()} />, place);
}
