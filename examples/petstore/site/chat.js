// A conversation: a WebSocket, JSON both ways.

import {$, element, state, time} from './page.js';

let socket = null;

function show(...content) {
  const item = element('li', {}, ...content);
  $('chat').append(item);
  item.scrollIntoView({block: 'nearest'});
  return item;
}

const line = ({name, text, at}) => show(time(at), ' ', element('b', {}, name), `: ${text}`);

const event = text => show(text).classList.add('event');

function told(news) {
  switch (news.kind) {
    case 'welcome': news.earlier.forEach(line); break;
    case 'said': line(news.said); break;
    case 'came': event(`${news.name} has come`); break;
    case 'left': event(`${news.name} has left`); break;
  }
  const others = news.people - 1;
  state('chat-state', true,
      `in the room about ${socket.room}, ${others === 0 ? 'alone' : others === 1 ? 'with one other' : `with ${others} others`}`);
}

function speaking(may) {
  for (const control of $('say').elements) {
    control.disabled = !may;
  }
}

$('enter').addEventListener('submit', submitted => {
  submitted.preventDefault();
  socket?.close();
  const room = $('chat-room').value;
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const opened = new WebSocket(
      `${scheme}//${location.host}/chat/${room}?name=${encodeURIComponent($('chat-name').value)}`);
  opened.room = room;
  socket = opened;
  $('chat').replaceChildren();
  state('chat-state', false, 'entering');
  opened.onopen = () => speaking(true);
  opened.onmessage = message => opened === socket && told(JSON.parse(message.data));
  opened.onclose = ended => {
    if (opened === socket) {
      speaking(false);
      state('chat-state', false, ended.reason || (ended.wasClean ? 'not in a room' : 'the connection is lost'));
    }
  };
});

$('say').addEventListener('submit', submitted => {
  submitted.preventDefault();
  socket.send(JSON.stringify({text: $('chat-text').value}));
  $('chat-text').value = '';
});
