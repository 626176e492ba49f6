import { render } from 'preact';
import wasm from '#packed-wasm';
import { ready } from '../core/opener/functions';
import { opener } from '../core/opener/load';
import { App, StartupError } from './app';
import { gunzip } from './state/gunzip';
import { loadSamples } from './state/samples';
import './style.css';

opener.loadFrom(async () => WebAssembly.compile(await gunzip(wasm)));

const page = document.getElementById('page')!;
Promise.all([ready(), loadSamples()]).then(
  () => render(<App />, page),
  () => render(<StartupError />, page),
);
