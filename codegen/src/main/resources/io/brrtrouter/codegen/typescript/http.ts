// What is the same for every document: how requests are written, sent and answered.

/** How a parameter is written: the styles of OpenAPI 3.1.1, and `cookie` of 3.2. */
export type Style =
  | "matrix"
  | "label"
  | "simple"
  | "form"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject"
  | "cookie";

/** Octets of a form: a file, or text with a character for each octet where JSON has them. */
export type Binary = Blob | string;

/** What an object has under a name even where it was given nothing: check the type before use. */
export type Inherited<Name extends keyof Object> = Object[Name];

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type NumberOf<Text> = Text extends `${infer Value extends number}` ? Value : never;

/** The statuses that begin with a digit, for example `Statuses<4>`. */
export type Statuses<First extends number> = NumberOf<`${First}${Digit}${Digit}`>;

/** A credential, or what gets one for each request. */
export type Credential<T> = T | (() => T | Promise<T>);

/** A name and a password. */
export interface Login {
  name: string;
  password: string;
}

/** What every client can be told. */
export interface ConnectionOptions {
  /**
   * What sends requests: `fetch` of the platform by default. It is told not to follow redirects,
   * which would take credentials along to wherever they lead.
   */
  fetch?: typeof globalThis.fetch;
  /** Header fields of every request. */
  headers?: HeadersInit;
  /**
   * The milliseconds for a whole exchange, the body included: 30,000 by default. Where the body is
   * items, those until it begins, and then for how long nothing may come while one is waited for.
   */
  timeout?: number;
  /** The octets that the body of a response may have, or each of its items: 16 MiB by default. */
  maxBodySize?: number;
}

/** What a single call can be told. */
export interface CallOptions {
  /** Ends the exchange, the body included. */
  signal?: AbortSignal;
  /** The milliseconds for this exchange, the body included. */
  timeout?: number;
  /** Header fields of this request; they replace others of their names. */
  headers?: HeadersInit;
}

const TIMEOUT = 30_000;

/** Timers of platforms have no more. */
const LONGEST = 2 ** 31 - 1;

const MAX_BODY = 16 * 1024 * 1024;

/** The beginning of an unexpected body: its characters, and as many octets as they can have. */
const SHOWN = 2048;
const SHOWN_OCTETS = 4 * SHOWN;

function bounded(timeout: number): number {
  if (!(timeout > 0 && timeout <= LONGEST)) {
    throw new RangeError(
      `a timeout is longer than zero and at most ${LONGEST} milliseconds: ${timeout}`,
    );
  }
  return timeout;
}

/** A response that the document does not describe. */
export class UnexpectedResponseError extends Error {
  constructor(
    readonly operation: string,
    readonly status: number,
    readonly headers: Headers,
    /** The first 2,048 characters of the body. */
    readonly body: string,
    problem: string,
  ) {
    super(`${operation} answered ${status}: ${problem}`);
    this.name = "UnexpectedResponseError";
  }
}

/** How the credential of a security scheme is sent. */
export type Scheme =
  | { in: "header" | "query" | "cookie"; name: string }
  | { in: "bearer" }
  | { in: "basic" };

/** Where an API is, and what every request to it has. */
export class Connection {
  private readonly base: string;
  private readonly fetch: typeof globalThis.fetch;
  private readonly headers: HeadersInit | undefined;
  private readonly timeout: number;
  private readonly maxBody: number;

  constructor(
    baseUrl: string | URL,
    options: ConnectionOptions,
    private readonly schemes: { readonly [name: string]: Scheme },
    private readonly credentials: { readonly [name: string]: unknown },
  ) {
    this.base = String(baseUrl).replace(/\/+$/, "");
    this.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.headers = options.headers;
    this.timeout = bounded(options.timeout ?? TIMEOUT);
    this.maxBody = options.maxBodySize ?? MAX_BODY;
    if (!(this.maxBody >= 0)) {
      throw new RangeError(`a body has 0 octets or more: ${this.maxBody}`);
    }
  }

  call(operation: string, method: string): Call {
    return new Call(operation, method, new Headers(this.headers));
  }

  async send(call: Call, options: CallOptions | undefined): Promise<Reply> {
    const alternative = call.security.find((names) =>
      names.every((name) => this.credentials[name] !== undefined),
    );
    for (const name of alternative ?? []) {
      await this.authorize(call, name);
    }
    new Headers(options?.headers).forEach((value, name) => call.headers.set(name, value));
    const timeout = bounded(options?.timeout ?? this.timeout);
    const request: RequestInit = call.init();
    const target = call.target();
    const exchange = new Exchange(`${request.method} ${target}`, timeout, options?.signal);
    request.signal = exchange.signal;
    try {
      const response = await this.fetch(this.base + target, request);
      return new Reply(call.operation, response, this.maxBody, exchange);
    } catch (problem) {
      exchange.end();
      throw problem;
    }
  }

  private async authorize(call: Call, name: string): Promise<void> {
    const scheme = this.schemes[name];
    const given = this.credentials[name];
    const credential: unknown = typeof given === "function" ? await given() : given;
    switch (scheme?.in) {
      case "header":
        call.headers.set(scheme.name, String(credential));
        break;
      case "query":
        call.queryText(scheme.name, String(credential));
        break;
      case "cookie":
        call.cookieText(scheme.name, String(credential));
        break;
      case "bearer":
        call.headers.set("Authorization", `Bearer ${credential}`);
        break;
      case "basic":
        call.headers.set("Authorization", `Basic ${base64(credential as Login)}`);
        break;
    }
  }
}

/** What ends an exchange before its time: a timeout, the caller, or that the rest is not wanted. */
class Exchange {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly abort = (): void => this.controller.abort(this.caller?.reason);

  constructor(
    private readonly what: string,
    private readonly timeout: number,
    private readonly caller: AbortSignal | undefined,
  ) {
    this.wait();
    caller?.addEventListener("abort", this.abort);
    if (caller?.aborted === true) {
      this.abort();
    }
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Begins the time anew: for the whole, or for what comes next. */
  wait(next = false): void {
    this.pause();
    this.timer = setTimeout(() => {
      const path = this.what.split("?")[0];
      const problem = next
        ? `${path}: nothing came for ${this.timeout} milliseconds`
        : `${path} took longer than ${this.timeout} milliseconds`;
      this.controller.abort(new DOMException(problem, "TimeoutError"));
    }, this.timeout);
  }

  /** Lets no time count while nobody waits. */
  pause(): void {
    clearTimeout(this.timer);
  }

  end(): void {
    this.pause();
    this.caller?.removeEventListener("abort", this.abort);
  }
}

function base64(login: Login): string {
  const octets = new TextEncoder().encode(`${login.name}:${login.password}`);
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(""));
}

/** What texts of bodies can be written in besides UTF-8. */
export type Charset = "iso-8859-1" | "us-ascii";

/** How a property of a form is written where that is not what its value suggests. */
export interface FormField {
  contentType?: string;
  /** What its text is written in where that is not UTF-8. */
  charset?: Charset;
  style?: Style;
  explode?: boolean;
  /** Whether the empty text is its null. */
  nullable?: boolean;
}

/** A request that is being put together. Values that are undefined are not sent. */
export class Call {
  readonly security: string[][] = [];
  private route = "";
  private readonly pairs: string[] = [];
  private readonly cookies: string[] = [];
  private body: BodyInit | undefined;

  constructor(
    readonly operation: string,
    private readonly method: string,
    readonly headers: Headers,
  ) {}

  secured(...schemes: string[]): void {
    this.security.push(schemes);
  }

  literal(text: string): void {
    this.route += text;
  }

  path(name: string, style: Style, explode: boolean, value: unknown): void {
    const styled = new Styled(`path parameter "${name}"`, encode);
    switch (style) {
      case "label":
        this.segment(
          name,
          "." +
            new Styled(`path parameter "${name}"`, (text) =>
              encode(text).replaceAll(".", "%2E"),
            ).joined(value, explode ? "." : ",", explode ? "=" : ","),
        );
        break;
      case "matrix":
        this.segment(name, ";" + styled.fields(name, style, explode, value).join(";"));
        break;
      default:
        this.segment(name, styled.joined(value, ",", explode ? "=" : ","));
    }
  }

  pathText(name: string, value: string | undefined): void {
    this.segment(name, encode(value ?? ""));
  }

  /** A segment that is empty, or that URLs drop even when it is encoded, would ask another operation. */
  private segment(name: string, text: string): void {
    if (/^(\.|%2E){0,2}$/i.test(text)) {
      throw new TypeError(
        `path parameter "${name}" ${text === "" ? "must not be empty" : 'cannot be "." or ".."'}`,
      );
    }
    this.route += text;
  }

  query(name: string, style: Style, explode: boolean, reserved: boolean, value: unknown): void {
    if (value === undefined) {
      return;
    }
    const separator = style === "spaceDelimited" ? " " : style === "pipeDelimited" ? "|" : "";
    const styled = new Styled(
      `query parameter "${name}"`,
      reserved ? encodeReserved : encode,
      explode ? "" : separator,
    );
    this.pairs.push(...styled.fields(name, style, explode, value));
  }

  queryText(name: string, value: string | undefined): void {
    if (value !== undefined) {
      this.pairs.push(`${encode(name)}=${encode(value)}`);
    }
  }

  /** Makes a text the whole query. */
  queryString(encoded: string | undefined): void {
    if (encoded !== undefined) {
      this.pairs.push(encoded);
    }
  }

  header(name: string, explode: boolean, value: unknown): void {
    if (value !== undefined) {
      const styled = new Styled(`header "${name}"`, (item) => item, ",");
      this.headerText(name, styled.joined(value, ",", explode ? "=" : ","));
    }
  }

  headerText(name: string, value: string | undefined): void {
    if (value !== undefined) {
      const other = value.search(/[^\t\x20-\x7e]/);
      if (other >= 0) {
        // A line break would begin another field, and a character outside of ASCII become another one.
        throw new TypeError(
          `header "${name}" can have printable characters of ASCII only; character ${other + 1} is none`,
        );
      }
      this.headers.append(name, value);
    }
  }

  cookie(name: string, style: Style, explode: boolean, value: unknown): void {
    if (value !== undefined) {
      const raw = style === "cookie";
      const styled = new Styled(
        `cookie "${name}"`,
        raw ? (item) => item : encode,
        raw ? (explode ? ";" : ";,") : "",
      );
      this.cookies.push(...styled.fields(name, style, explode, value));
    }
  }

  cookieText(name: string, value: string | undefined): void {
    if (value !== undefined) {
      this.cookies.push(`${encode(name)}=${encode(value)}`);
    }
  }

  accept(mediaTypes: string): void {
    this.headers.set("Accept", mediaTypes);
  }

  json(mediaType: string, value: unknown): void {
    this.send(concrete(mediaType, "application/json"), JSON.stringify(value));
  }

  text(mediaType: string, value: unknown, charset?: Charset): void {
    const what = `the body of ${this.operation}`;
    const text = inCharset(what, plain(what, value), charset);
    this.send(concrete(mediaType, "text/plain"), text);
  }

  octets(mediaType: string, value: Blob | ArrayBuffer): void {
    const type = value instanceof Blob && mediaType.includes("*") ? value.type : "";
    this.send(type === "" ? concrete(mediaType, "application/octet-stream") : type, value);
  }

  form(mediaType: string, fields: { readonly [name: string]: FormField }, value: object): void {
    this.send(mediaType, formText(fields, value));
  }

  /** The platform writes the parts, with a boundary of its own. */
  multipart(fields: { readonly [name: string]: FormField }, value: object): void {
    const form = new FormData();
    for (const [name, member] of Object.entries(value)) {
      const how = field(fields, name);
      const value = written(member, how);
      for (const item of Array.isArray(value) ? value : [value]) {
        if (item !== undefined) {
          form.append(wellFormed("the name of a part", name), part(name, item, how));
        }
      }
    }
    this.body = form;
  }

  private send(mediaType: string, body: BodyInit): void {
    this.headers.set("Content-Type", mediaType);
    this.body = body;
  }

  target(): string {
    return this.route + (this.pairs.length === 0 ? "" : `?${this.pairs.join("&")}`);
  }

  init(): RequestInit {
    if (this.cookies.length > 0) {
      this.headers.set("Cookie", this.cookies.join("; "));
    }
    const init: RequestInit = { method: this.method, headers: this.headers, redirect: "manual" };
    if (this.body !== undefined) {
      init.body = this.body;
    }
    return init;
  }
}

/** What is said about a property: nothing by what every object inherits. */
function field(
  fields: { readonly [name: string]: FormField },
  name: string,
): FormField | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** A property of a form as it is written: null is the empty text where no other value has that. */
function written(value: unknown, how: FormField | undefined): unknown {
  return value === null && how?.nullable === true && !isJson(how.contentType ?? "") ? "" : value;
}

function part(name: string, item: unknown, how: FormField | undefined): string | Blob {
  const what = `part "${name}"`;
  const first = (how?.contentType ?? "").split(",")[0]?.trim() ?? "";
  const type = first.includes("*") ? "" : first;
  if (item instanceof Blob) {
    return type === "" || type === item.type ? item : new Blob([item], { type });
  }
  if (isJson(type) || (type === "" && isContainer(item))) {
    // UTF-8 always: RFC 8259 section 8.1.
    return new Blob([JSON.stringify(item)], { type: type === "" ? "application/json" : type });
  }
  const text = inCharset(what, plain(what, item), how?.charset);
  return type === "" ? text : new Blob([text], { type });
}

/** An object as `application/x-www-form-urlencoded`. */
export function formText(
  fields: { readonly [name: string]: FormField },
  value: object | undefined,
): string {
  const pairs: string[] = [];
  for (const [name, given] of Object.entries(value ?? {})) {
    const how = field(fields, name);
    const member: unknown = written(given, how);
    if (member === undefined) {
      continue;
    }
    if (how?.style !== undefined) {
      const styled = new Styled(`form field "${name}"`, encode);
      pairs.push(...styled.fields(name, how.style, how.explode ?? false, member));
      continue;
    }
    const isEmpty = Array.isArray(member) && member.length === 0;
    const isText = isEmpty || !isJson(how?.contentType ?? "");
    if (isEmpty && how?.nullable === true) {
      throw new TypeError(
        `form field "${name}" cannot have an empty list, which would be read as null; give null or an item`,
      );
    }
    for (const item of items(member)) {
      const text = isText ? plain(`form field "${name}"`, item) : JSON.stringify(item);
      pairs.push(`${encode(name)}=${encode(text)}`);
    }
  }
  return pairs.join("&");
}

function isJson(mediaType: string): boolean {
  return /[/+]json$/i.test(mediaType.split(";")[0]?.trim() ?? "");
}

/** A scalar as its text, anything else as JSON; `what` is for messages. */
export function plain(what: string, value: unknown): string {
  if (value === null) {
    throw new TypeError(`${what} cannot have a null, which no text stands for`);
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The empty text for null, where the type has no other value of that text. */
export function orEmpty(name: string, value: unknown): unknown {
  if (Array.isArray(value) && value.length === 0) {
    throw new TypeError(
      `parameter "${name}" cannot have an empty list, which would be read as null; give null or an item`,
    );
  }
  return value === null ? "" : value;
}

/** A value as JSON of ASCII, which header fields can have. */
export function ascii(value: unknown): string | undefined {
  return value === undefined
    ? undefined
    : JSON.stringify(value).replace(
        /[\u007f-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
}

export function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

export function text(name: string, value: unknown): string | undefined {
  return value === undefined ? undefined : plain(`parameter "${name}"`, value);
}

/** Half of a surrogate pair is no character, and would be sent as another. */
function wellFormed(what: string, value: string): string {
  if (/\p{Surrogate}/u.test(value)) {
    throw new TypeError(
      `${what} cannot have a character that the charset UTF-8 does not have`,
    );
  }
  return value;
}

/** A text as its charset has it: the platform itself writes nothing but UTF-8. */
function inCharset(what: string, text: string, charset: Charset | undefined): string | Blob {
  if (charset === undefined) {
    return wellFormed(what, text);
  }
  const last = charset === "us-ascii" ? 0x7f : 0xff;
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > last) {
      throw new TypeError(
        `${what} cannot have a character that the charset ${charset.toUpperCase()} does not have`,
      );
    }
    octets[i] = unit;
  }
  return new Blob([octets]);
}

/** The names of US-ASCII and ISO-8859-1, and of UTF-16 with a mark, in the registry of IANA. */
const ASCII =
  /^((us-)?ascii|iso-ir-6|ansi_x3\.4-19(68|86)|iso_646\.irv:1991|iso646-us|us|ibm367|cp367|csascii)$/i;
const LATIN_1 =
  /^(iso[-_]?8859-1|iso_8859-1:1987|iso-ir-100|latin1|l1|ibm819|cp819|csisolatin1)$/i;
const UTF_16 = /^(utf-16|csutf16)$/i;

/**
 * The text of octets. The platform takes ASCII and ISO-8859-1 for Windows-1252, which has others,
 * and UTF-16 for little-endian: it says which it is, and is big-endian where it does not (RFC 2781
 * section 4.3).
 */
function decoded(octets: ArrayBuffer, charset: string): string {
  const units = new Uint8Array(octets);
  if (UTF_16.test(charset)) {
    const isLittle = units[0] === 0xff && units[1] === 0xfe;
    return decoded(octets, isLittle ? "utf-16le" : "utf-16be");
  }
  const isAscii = ASCII.test(charset);
  if (!isAscii && !LATIN_1.test(charset)) {
    return new TextDecoder(charset, { fatal: true }).decode(octets);
  }
  if (isAscii && units.some((unit) => unit > 0x7f)) {
    throw new TypeError("no ASCII");
  }
  let text = "";
  for (let i = 0; i < units.length; i += 8192) {
    text += String.fromCharCode(...units.subarray(i, i + 8192));
  }
  return text;
}

function component(value: string): string {
  return encodeURIComponent(wellFormed("text in a URL or a form", value));
}

/** Percent-encodes everything but unreserved characters. */
export function encode(value: string): string {
  return component(value).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Leaves reserved characters that separate nothing in a query. */
function encodeReserved(value: string): string {
  return component(value).replace(/%(3A|2F|3F|40|24|3B|3D)/g, decodeURIComponent);
}

/** One of a range: what is best known, or any octets. */
function concrete(mediaType: string, best: string): string {
  if (!mediaType.includes("*")) {
    return mediaType;
  }
  const bare = mediaType.split(";")[0]?.trim() ?? "";
  return isOf(best, bare) ? best : bare.replace("*", "octet-stream");
}

/** Values in the styles of OpenAPI. What a style cannot express is refused. */
class Styled {
  constructor(
    private readonly what: string,
    private readonly encoding: (text: string) => string,
    private readonly forbidden = "",
  ) {}

  fields(name: string, style: Style, explode: boolean, value: unknown): string[] {
    const head = `${this.name(name)}=`;
    if (style === "deepObject" && isObject(value)) {
      return this.members(encode(name), value);
    }
    if (explode && isObject(value)) {
      return Object.entries(value).flatMap(([member, each]) =>
        items(each).map((item) => `${this.name(member)}=${this.item(item)}`),
      );
    }
    if (explode && Array.isArray(value)) {
      return items(value).map((item) => head + this.item(item));
    }
    const between = style === "spaceDelimited" ? "%20" : style === "pipeDelimited" ? "%7C" : ",";
    return [head + this.joined(value, between, between)];
  }

  private members(head: string, value: object): string[] {
    return Object.entries(value).flatMap(([member, each]) => {
      if (member === "" || /[[\]]/.test(member)) {
        throw new TypeError(`${this.what} cannot have a member "${member}" in its style`);
      }
      const own = `${head}%5B${encode(member)}%5D`;
      return isObject(each)
        ? this.members(own, each)
        : items(each).map((item) => `${own}=${this.item(item)}`);
    });
  }

  joined(value: unknown, between: string, pair: string): string {
    if (Array.isArray(value)) {
      return value.map((item) => this.item(item)).join(between);
    }
    if (isObject(value)) {
      return Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([member, each]) => this.name(member) + pair + this.item(each))
        .join(between);
    }
    return this.encoding(plain(this.what, value));
  }

  private name(name: string): string {
    return this.encoding === encodeReserved ? encode(name) : this.encoding(name);
  }

  private item(value: unknown): string {
    const text = plain(this.what, value);
    for (const sign of this.forbidden) {
      if (text.includes(sign)) {
        throw new TypeError(
          `${this.what} cannot have an item with "${sign}", which separates items and has no escape in its style`,
        );
      }
    }
    return this.encoding(text);
  }
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field for each item; an empty list is a field without a value. */
function items(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value.length === 0 ? [""] : value) : [value];
}

/** The charset that a media type says; quoted values of other parameters may look like one. */
function charsetOf(mediaType: string): string | undefined {
  const pieces = mediaType.match(/([^;"]|"([^"\\]|\\.)*"?)+/g) ?? [];
  for (const piece of pieces.slice(1)) {
    const charset = /^\s*charset\s*=\s*"?([^\s"]+)/i.exec(piece)?.[1];
    if (charset !== undefined) {
      return charset;
    }
  }
  return undefined;
}

/** Whether a media type is the declared one, or in the declared range. */
function isOf(actual: string, declared: string): boolean {
  const [type = "", ...parameters] = declared.toLowerCase().split(";");
  const [own = "", ...given] = actual.toLowerCase().split(";");
  const range = type.trim();
  const fits =
    range === "*/*" ||
    range === own.trim() ||
    (range.endsWith("/*") && own.trim().startsWith(range.slice(0, -1)));
  return (
    fits &&
    parameters.every(
      (each) =>
        each.trim().startsWith("charset=") || given.some((other) => other.trim() === each.trim()),
    )
  );
}

/** Characters of a problem that are repeated, and the octets that a problem may have for it. */
const TOLD = 500;
const PROBLEM_OCTETS = 64 * 1024;

/** A response, to be read once as what the document declares. */
export class Reply {
  readonly status: number;
  readonly headers: Headers;

  constructor(
    private readonly operation: string,
    private readonly response: Response,
    private readonly maxBody: number,
    private readonly exchange: Exchange,
  ) {
    this.status = response.status;
    this.headers = response.headers;
  }

  /** Whether the status is one of those that begin with a digit. */
  isIn(first: number): boolean {
    return Math.floor(this.status / 100) === first;
  }

  isOf(mediaType: string): boolean {
    return isOf(this.headers.get("Content-Type") ?? "application/octet-stream", mediaType);
  }

  async json<T>(): Promise<T> {
    const text = await (await this.octets()).text();
    try {
      return JSON.parse(text) as T;
    } catch (problem) {
      throw this.error(text, `the body is not JSON: ${problem}`);
    }
  }

  async text<T>(): Promise<T> {
    const body = await this.octets();
    const type = this.headers.get("Content-Type") ?? "";
    const charset = charsetOf(type) ?? "utf-8";
    const octets = await body.arrayBuffer();
    try {
      return decoded(octets, charset) as T;
    } catch {
      throw this.error(
        await beginning(body),
        `the body is not text in the charset of ${type}`,
      );
    }
  }

  async octets(): Promise<Blob> {
    const body = await this.read(this.maxBody);
    if (body.size > this.maxBody) {
      throw this.error(
        await beginning(body),
        `the body has more octets than the maxBodySize of ${this.maxBody}`,
      );
    }
    return body;
  }

  /** The items of the body, read while they come; the exchange ends with them. */
  items<T>(framing: Framing): Items<T> {
    return new Items<T>(this.response, framing, this.maxBody, this.exchange, (text, problem) =>
      this.error(text, problem),
    );
  }

  /** Ends an exchange whose body, if there is one, nobody wants. */
  async ignore(): Promise<void> {
    await this.read(0);
  }

  async undeclaredStatus(): Promise<UnexpectedResponseError> {
    // What browsers tell about a redirect: nothing.
    const most = this.isOf("application/problem+json") ? PROBLEM_OCTETS : SHOWN_OCTETS;
    const body = await (await this.read(most)).slice(0, most).text();
    const problem =
      this.response.type === "opaqueredirect"
        ? "it redirects, and redirects are not followed"
        : `the document declares no such status${this.told(body)}`;
    return this.error(body, problem);
  }

  /** What a problem (RFC 9457) tells people. */
  private told(body: string): string {
    if (!this.isOf("application/problem+json")) {
      return "";
    }
    try {
      const problem: unknown = JSON.parse(body);
      const texts = isObject(problem) ? ["title", "detail"].map((name) => Reflect.get(problem, name)) : [];
      const text = texts
        .filter((each) => typeof each === "string")
        .join(": ")
        .replace(/[\u0000-\u001f\u007f]/g, " ");
      return text === "" ? "" : `; it says "${text.slice(0, TOLD)}"`;
    } catch {
      return "";
    }
  }

  async undeclaredMediaType(declared: string): Promise<UnexpectedResponseError> {
    const type = this.headers.get("Content-Type");
    return this.error(
      await beginning(await this.read(SHOWN_OCTETS)),
      `the body ${type === null ? "has no Content-Type" : `is ${type}`}, and the document declares ${declared}`,
    );
  }

  /** The body, or where it has more octets than it may have, no more than tell that. */
  private async read(most: number): Promise<Blob> {
    const type = this.headers.get("Content-Type") ?? "";
    const octets: BlobPart[] = [];
    try {
      const reader = this.response.body?.getReader();
      if (reader === undefined) {
        // There is no body, or the platform has no streams.
        return new Blob([await this.response.arrayBuffer()], { type });
      }
      for (let size = 0; size <= most; ) {
        const { done, value } = await reader.read();
        if (done) {
          return new Blob(octets, { type });
        }
        octets.push(value);
        size += value.byteLength;
      }
      // Whether that ends well makes no difference to what came before.
      reader.cancel().catch(() => undefined);
      return new Blob(octets, { type });
    } finally {
      this.exchange.end();
    }
  }

  private error(body: string, problem: string): UnexpectedResponseError {
    return new UnexpectedResponseError(
      this.operation,
      this.status,
      this.headers,
      body.slice(0, SHOWN),
      problem,
    );
  }
}

function beginning(body: Blob): Promise<string> {
  return body.slice(0, SHOWN_OCTETS).text();
}

/** How items stand one behind the other: JSON Lines, JSON sequences (RFC 7464), or events. */
export type Framing = "lines" | "sequence" | "events";

/** A server-sent event (HTML standard section 9.2) of which the document does not say what it is. */
export interface RawEvent {
  data: string;
  event?: string;
  id?: string;
  retry?: number;
}

/** What cannot be an item. */
class Malformed {
  constructor(
    readonly text: string,
    readonly problem: string,
  ) {}
}

/** Takes the text of a body in pieces, and gives items as soon as they are complete. */
interface Splitter {
  /** The characters of what is not complete yet. */
  readonly waiting: number;
  push(piece: string): unknown[];
  /** What is complete because nothing follows. */
  end(): unknown[];
}

const RS = 0x1e;
const LF = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0d || unit === LF;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (problem) {
    return new Malformed(text, `is not JSON: ${problem}`);
  }
}

class LineSplitter implements Splitter {
  private rest = "";

  get waiting(): number {
    return this.rest.length;
  }

  push(piece: string): unknown[] {
    const lines = piece.split("\n");
    lines[0] = this.rest + (lines[0] ?? "");
    this.rest = lines.pop() ?? "";
    return lines.filter(isText).map(parsed);
  }

  end(): unknown[] {
    return isText(this.rest) ? [parsed(this.rest)] : [];
  }
}

function isText(line: string): boolean {
  return /[^ \t\r]/.test(line);
}

/** A text ends with the line on which its value does, so that nobody waits for the next one. */
class SequenceSplitter implements Splitter {
  private text = "";
  private begun = false;
  private inside = false;
  private depth = 0;
  private quoted = false;
  private escaped = false;

  get waiting(): number {
    return this.text.length;
  }

  push(piece: string): unknown[] {
    const items: unknown[] = [];
    let from = 0;
    for (let i = 0; i < piece.length; i++) {
      const unit = piece.charCodeAt(i);
      if (!this.inside) {
        this.begun ||= unit === RS;
        if (unit === RS || isSpace(unit)) {
          continue;
        }
        if (!this.begun) {
          items.push(new Malformed(piece.slice(i), "does not begin with RS (U+001E)"));
          return items;
        }
        this.inside = true;
        from = i;
      }
      if (unit === RS) {
        items.push(this.complete(piece.slice(from, i)));
        this.begun = true;
      } else if (this.isLast(unit)) {
        items.push(this.complete(piece.slice(from, i + 1)));
      }
    }
    if (this.inside) {
      this.text += piece.slice(from);
    }
    return items;
  }

  /** Whether a value ends with the line that this ends. */
  private isLast(unit: number): boolean {
    if (this.quoted) {
      this.quoted = this.escaped || unit !== QUOTE;
      this.escaped = unit === BACKSLASH && !this.escaped;
      return false;
    }
    this.quoted = unit === QUOTE;
    this.depth += unit === 0x7b || unit === 0x5b ? 1 : unit === 0x7d || unit === 0x5d ? -1 : 0;
    return unit === LF && this.depth <= 0;
  }

  private complete(last: string): unknown {
    const text = this.text + last;
    this.text = "";
    this.begun = false;
    this.inside = false;
    this.depth = 0;
    this.quoted = false;
    this.escaped = false;
    return /^["{[]/.test(text) || isSpace(text.charCodeAt(text.length - 1))
      ? parsed(text)
      : new Malformed(text, "may be cut off");
  }

  end(): unknown[] {
    return this.inside ? [this.complete("")] : [];
  }
}

class EventSplitter implements Splitter {
  private rest = "";
  private size = 0;
  private afterReturn = false;
  private event: Partial<RawEvent> = {};

  get waiting(): number {
    return this.rest.length + this.size;
  }

  push(piece: string): unknown[] {
    if (piece === "") {
      return [];
    }
    const text = this.afterReturn && piece.startsWith("\n") ? piece.slice(1) : piece;
    this.afterReturn = text.endsWith("\r");
    const lines = text.split(/\r\n|\r|\n/);
    lines[0] = this.rest + (lines[0] ?? "");
    this.rest = lines.pop() ?? "";
    const events: unknown[] = [];
    for (const line of lines) {
      if (line !== "") {
        this.line(line);
        continue;
      }
      const { data, id } = this.event;
      if (data !== undefined) {
        events.push(this.event);
      }
      // The id of a block without data is that of the next event.
      this.event = data === undefined && id !== undefined ? { id } : {};
      this.size = 0;
    }
    return events;
  }

  private line(line: string): void {
    const colon = line.indexOf(":");
    if (colon === 0) {
      return; // A comment.
    }
    this.size += line.length;
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    const event = this.event;
    switch (colon < 0 ? line : line.slice(0, colon)) {
      case "data":
        event.data = event.data === undefined ? value : `${event.data}\n${value}`;
        break;
      case "event":
        event.event = value;
        break;
      case "id":
        if (!value.includes("\0")) {
          event.id = value;
        }
        break;
      case "retry":
        if (/^[0-9]{1,15}$/.test(value)) {
          event.retry = Number(value);
        }
        break;
    }
  }

  /** What no empty line follows is no event. */
  end(): unknown[] {
    return [];
  }
}

/**
 * Items of a response, read once and while they come: `for await (const item of items)`. Who leaves
 * that loop ends the exchange, and so does `cancel`; items that nobody reads hold their connection.
 */
export class Items<T> implements AsyncIterableIterator<T> {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  private readonly splitter: Splitter;
  private readonly decoder: TextDecoder;
  private ready: Iterator<unknown> = [].values();
  private turn: Promise<unknown> = Promise.resolve();
  private number = 0;
  private over = false;

  constructor(
    private readonly response: Response,
    framing: Framing,
    private readonly most: number,
    private readonly exchange: Exchange,
    private readonly error: (text: string, problem: string) => UnexpectedResponseError,
  ) {
    exchange.pause();
    this.reader = response.body?.getReader();
    this.splitter =
      framing === "lines"
        ? new LineSplitter()
        : framing === "sequence"
          ? new SequenceSplitter()
          : new EventSplitter();
    const events = framing === "events";
    this.decoder = new TextDecoder("utf-8", { fatal: !events, ignoreBOM: !events });
  }

  /** The next item, when those before it have been given. */
  next(): Promise<IteratorResult<T, undefined>> {
    const next = this.turn.then(() => this.take());
    this.turn = next.catch(() => undefined);
    return next;
  }

  /** Ends the exchange, also while an item is waited for. */
  async cancel(): Promise<void> {
    this.over = true;
    this.ready = [].values();
    this.exchange.end();
    // How that ends makes no difference to what came before.
    await this.reader?.cancel().catch(() => undefined);
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    await this.cancel();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async take(): Promise<IteratorResult<T, undefined>> {
    try {
      for (;;) {
        const { done, value } = this.ready.next();
        if (done !== true) {
          this.number++;
          if (value instanceof Malformed) {
            throw this.error(value.text, `item ${this.number} ${value.problem}`);
          }
          return { done: false, value: value as T };
        }
        if (this.over) {
          this.exchange.end();
          return { done: true, value: undefined };
        }
        await this.more();
      }
    } catch (problem) {
      await this.cancel();
      throw problem;
    }
  }

  private async more(): Promise<void> {
    const { done, value } = await this.piece();
    if (this.over) {
      return; // It was cancelled.
    }
    const items = this.splitter.push(this.decoded(value, done));
    this.over = done;
    this.ready = (done ? items.concat(this.splitter.end()) : items).values();
    if (this.splitter.waiting > this.most) {
      throw this.error("", `an item has more characters than the maxBodySize of ${this.most}`);
    }
  }

  private async piece(): Promise<{ done: boolean; value: Uint8Array | undefined }> {
    this.exchange.wait(true);
    try {
      if (this.reader === undefined) {
        // There is no body, or the platform has no streams.
        return { done: true, value: new Uint8Array(await this.response.arrayBuffer()) };
      }
      const { done, value } = await this.reader.read();
      return { done, value };
    } finally {
      this.exchange.pause();
    }
  }

  private decoded(octets: Uint8Array | undefined, last: boolean): string {
    try {
      return this.decoder.decode(octets, { stream: !last });
    } catch {
      throw this.error("", `item ${this.number + 1} is not UTF-8`);
    }
  }
}
