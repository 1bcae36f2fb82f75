import { render } from 'preact';
import { App } from './shell/App';
import { openDatabase } from './vault/database';
import './styles/index.css';

const place = document.getElementById('app');
if (place) render(<App db={await openDatabase()} />, place);
