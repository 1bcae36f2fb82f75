// The shared looks first: what a feature says about its own screens comes after and wins.
import './styles/index.css';
import { render } from 'preact';
import { previewRef } from './preview/ref';
import { App } from './shell/App';
import { openDatabase } from './vault/database';

const place = document.getElementById('app');
const preview = previewRef(location.search);
if (place && preview) {
  const { Preview } = await import('./preview/Preview');
  render(<Preview of={preview} />, place);
} else if (place) render(<App db={await openDatabase()} />, place);
