// What all parts of the page need.

export const $ = id => document.getElementById(id);

/** A new element; texts become text, never markup. */
export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function time(at) {
  return element('time', {dateTime: at}, new Date(at).toLocaleTimeString());
}

/** Says how a connection is, in words and by the colour beside them. */
export function state(id, isOpen, text) {
  $(id).textContent = text;
  $(id).parentElement.classList.toggle('open', isOpen);
}

export function result(id, isGood, text) {
  $(id).textContent = text;
  $(id).classList.toggle('bad', !isGood);
}

/** What a refusal says, for people: the answer is a problem (RFC 9457). */
export function reason(problem) {
  const errors = problem.errors ?? [];
  return errors.length > 0
      ? errors.map(error => `${error.pointer || error.name || error.in} ${error.message}`).join('; ')
      : problem.detail ?? problem.title;
}

/** Fills a list to choose from with pets. */
export async function pets(select, query) {
  const found = await (await fetch(`/pets?limit=100${query}`)).json();
  select.replaceChildren(...found.map(pet =>
      element('option', {value: pet.id}, `${pet.name}, ${pet.species}`)));
}
