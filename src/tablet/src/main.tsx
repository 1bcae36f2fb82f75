// The shared looks first: what a feature says about its own screens comes after and wins.
import './styles/index.css';
import { render } from 'preact';
import { App } from './shell/App';
import { openDatabase } from './vault/database';

const place = document.getElementById('app');
if (place) render(<App db={await openDatabase()} />, place);
