// Adoptions as they happen: server-sent events. The browser connects again by itself, and says which event it had last.

import {$, element, pets, reason, result, state, time} from './page.js';

const source = new EventSource('/adoptions/feed');
source.onopen = () => state('feed-state', true, 'watching');
source.onerror = () => state('feed-state', false,
    source.readyState === EventSource.CLOSED ? 'the connection has ended' : 'connecting again');
source.addEventListener('adoption', event => {
  const {pet, name, species, at} = JSON.parse(event.data);
  $('feed-empty').hidden = true;
  $('feed').prepend(element('li', {id: `adoption-${event.lastEventId}`},
      element('span', {}, element('a', {href: `/pets/${pet}`}, name), ` the ${species} may have a home`),
      time(at)));
  free();
});

const free = () => pets($('adopt-pet'), '&status=available');

$('adopt').addEventListener('submit', async event => {
  event.preventDefault();
  const answers =
      {applicant: 'ada', household: [36, 7], home: 'house', garden_m2: 250, hours_alone: 3, sitter: false};
  const answer = await fetch(`/pets/${$('adopt-pet').value}/adoption`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(answers),
  });
  const said = await answer.json();
  result('adopt-result', answer.ok, answer.ok ? `Pet ${said.pet} is kept for ${said.applicant}.` : reason(said));
});

await free();
