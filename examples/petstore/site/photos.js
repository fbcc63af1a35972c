// Photos: uploaded as a form while they are read from the disk, shown, saved, and asked for in parts.

import {$, element, pets, reason, result} from './page.js';

const shown = () => $('photo-pet').value;

async function list() {
  const pet = shown();
  const photos = await (await fetch(`/pets/${pet}/photos?limit=100`)).json();
  $('photos').replaceChildren(...photos.map(photo => figure(pet, photo)));
}

function figure(pet, photo) {
  const url = `/pets/${pet}/photos/${photo.number}`;
  const part = element('button', {type: 'button'}, 'First KiB');
  part.addEventListener('click', () => firstOctets(url));
  return element('li', {},
      element('figure', {},
          element('img', {src: url, alt: photo.caption ?? `Photo ${photo.number}`, loading: 'lazy'}),
          element('figcaption', {}, photo.caption ?? `Photo ${photo.number}`)),
      element('div', {className: 'acts'},
          element('a', {href: `${url}?download=true`}, `Save ${size(photo.size)}`), part));
}

const size = octets =>
    octets < 1024 ? `${octets} B` : octets < 1 << 20 ? `${Math.round(octets / 1024)} KiB` : `${(octets / (1 << 20)).toFixed(1)} MiB`;

async function firstOctets(url) {
  const answer = await fetch(url, {headers: {'Range': 'bytes=0-1023'}, cache: 'no-store'});
  const octets = (await answer.arrayBuffer()).byteLength;
  result('range-result', answer.ok, `${answer.status}, ${octets} octets, ${answer.headers.get('Content-Range')}`);
}

$('upload').addEventListener('submit', submitted => {
  submitted.preventDefault();
  const form = new FormData();
  form.append('pictures', $('photo-file').files[0]);
  if ($('photo-caption').value !== '') {
    form.append('caption', $('photo-caption').value);
  }
  // fetch tells nothing of how far it has got.
  const request = new XMLHttpRequest();
  request.open('POST', `/pets/${shown()}/photos`);
  request.setRequestHeader('X-API-Key', $('photo-key').value);
  request.responseType = 'json';
  $('photo-progress').hidden = false;
  request.upload.onprogress = ({loaded, total}) => $('photo-progress').value = loaded / total;
  request.onerror = () => result('photo-result', false, 'The connection has ended.');
  request.onload = () => {
    const good = request.status === 201;
    result('photo-result', good,
        good ? `Kept as photo ${request.response[0].number}.` : reason(request.response ?? {title: request.statusText}));
    list();
  };
  request.onloadend = () => $('photo-progress').hidden = true;
  request.send(form);
});

$('photo-pet').addEventListener('change', list);
await pets($('photo-pet'), '');
await list();
