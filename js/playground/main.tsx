import { render } from 'preact';
import wasm from '#packed-wasm';
import { ready } from '../core/opener/functions';
import { opener } from '../core/opener/load';
import { App, Broken } from './app';
import { unpacked } from './packed';
import { loadSamples } from './samples';
import './style.css';

opener.loadFrom(async () => WebAssembly.compile(await unpacked(wasm)));

const page = document.getElementById('page')!;
Promise.all([ready(), loadSamples()]).then(
  () => render(<App />, page),
  () => render(<Broken />, page),
);
