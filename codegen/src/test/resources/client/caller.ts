// Sends what Caller.java sends, and prints what came, as a JSON array of texts.
import { EchoClient } from "./client.js";
import type { Form, Nested, QueryRequest } from "./client.js";

declare const process: { argv: string[] };

const client = new EchoClient({ baseUrl: process.argv[2] ?? "" });
const came: string[] = [];
const ODD =
  "a b+c&d=e/f?g#h%41;i,j.k~l|m[n]{o}\"p'q\\r<s>\u00e9\u2764\ud83d\udc08:@!$()*^`";
const OBJECT = { k: ODD, "odd=&,.;n\u00e9 m|e/": "v" };
const LIST = [ODD, "", "b", ODD];
const NESTED: Nested = { name: ODD, tags: ["x", ODD], price: { min: -3, max: 0.25 } };
const SPREAD = { first: ODD, second: 4, several: [ODD, "b"] };

async function scalars(text: string): Promise<string> {
  const { body } = await client.pathScalars({
    simple: text,
    exploded: text,
    label: text,
    matrix: text,
    matrixExploded: text,
    integer: -9007199254740991,
    number: -0.00000001,
    since: "2026-11-26T10:00:00+01:00",
    id: "00000000-0000-0001-0000-000000000002",
    kind: "l/rge",
  });
  return body;
}

for (const text of [ODD, "~", "%2F"]) {
  came.push(await scalars(text));
}
for (const list of [LIST, ["a"]]) {
  const lists = await client.pathLists({
    simple: list,
    exploded: list,
    label: list,
    labelExploded: list,
    matrix: list,
    matrixExploded: list,
  });
  came.push(lists.body);
}
const objects = await client.pathObjects({
  simple: OBJECT,
  exploded: OBJECT,
  label: OBJECT,
  labelExploded: OBJECT,
  matrix: OBJECT,
  matrixExploded: OBJECT,
  json: OBJECT,
  text: ODD,
});
came.push(objects.body);

const query: QueryRequest = {
  text: ODD,
  reserved: ODD,
  integer: 9007199254740991,
  big: 1e30,
  flag: false,
  day: "2024-02-29",
  price: "10.50",
  maybe: 5,
  maybeDay: "2024-02-29",
  maybeList: LIST,
  needed: 6,
  list: LIST,
  joinedList: LIST,
  reservedList: LIST,
  spaced: ["a+b", "", "c|d"],
  piped: ["a+b c", "", "d"],
  spacedExploded: LIST,
  pipedExploded: LIST,
  integers: [3, -1],
  object: SPREAD,
  joinedObject: OBJECT,
  spacedObject: { a: "b", "c+d": "e|f" },
  pipedObject: { "a b": "c d", e: "f" },
  deep: NESTED,
  json: NESTED,
  plain: ODD,
  form: SPREAD,
};
for (const each of [
  query,
  { ...query, maybe: null, maybeDay: null, maybeList: null, needed: null, text: "", list: [] },
  { needed: 1, joinedList: [] },
]) {
  const answer = await client.query(each);
  came.push(answer.body.replace("big=1E+30", "big=1000000000000000000000000000000"));
}
came.push((await client.formQuery({ all: { first: ODD, second: 1, several: LIST } })).body);
came.push((await client.formQuery({ all: { first: "x" } })).body);
came.push((await client.jsonQuery({ all: NESTED })).body);

const headers = await client.headers({
  xText: ODD.replace(/[^ -~]/g, ""),
  xInteger: -1,
  xList: ["a", "b c", '"q"'],
  xObject: { k: "v w", l: "x" },
  xExploded: { k: "v=w", l: "x" },
  xJson: OBJECT,
});
came.push(headers.body);
const raw = "a!b%41=c d";
const cookies = await client.cookies({
  text: ODD,
  list: LIST,
  joined: LIST,
  object: SPREAD,
  joinedObject: OBJECT,
  raw,
  rawList: [raw, "x"],
  rawJoined: [raw, "x"],
  json: OBJECT,
});
came.push(cookies.body);

came.push((await client.json({ body: { text: "\u00e9\u2764" } })).body);
came.push((await client.json()).body);
came.push((await client.json({ body: null })).body);

const form: Form = {
  text: ODD,
  integer: 5,
  flag: true,
  maybe: null,
  maybeKind: null,
  maybeList: null,
  list: LIST,
  joined: LIST,
  object: NESTED,
  deep: NESTED,
  objects: [NESTED, NESTED],
  quoted: ODD,
};
came.push((await client.form({ body: form })).body);
const octets = new Uint8Array(256).map((_, i) => i);
const photos = [new Blob([octets]), new Blob([new Uint8Array([13, 10])])];
const { maybeList: _, ...others } = form;
const multipart = await client.multipart({ body: { ...others, photo: new Blob([octets]), photos } });
came.push(multipart.body);
const same = await client.octets({ body: octets.buffer });
came.push(`[${new Int8Array(await same.body.arrayBuffer()).join(", ")}]`);

for (const text of [".", ".."]) {
  came.push(await scalars(text).catch((refusal: Error) => refusal.message));
}
const empty = [client.query({ needed: 1, maybeList: [] }), client.form({ body: { text: "", maybeList: [] } })];
for (const each of empty) {
  came.push(await each.then(() => "sent", (refusal: Error) => refusal.message));
}

console.log(JSON.stringify(came));
