package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.server.runtime.BrrtServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated TypeScript under the strictest compiler, and in Node against real servers. */
class TypeScriptTest {
  private static final String INHERITED =
      """
      openapi: 3.1.0
      info: { title: Inherited, version: '1' }
      security: [ { constructor: [] }, { __proto__: [] } ]
      paths:
        /find:
          get:
            operationId: find
            parameters:
              - { name: valueOf, in: query, schema: { type: string } }
              - { name: toString, in: query, schema: { type: string } }
              - { name: constructor, in: query, schema: { type: string } }
              - { name: hasOwnProperty, in: query, schema: { type: string } }
              - { name: isPrototypeOf, in: header, schema: { type: string } }
              - { name: __proto__, in: query, schema: { type: string } }
            responses: { '204': { description: Found. } }
        /connection:
          get:
            operationId: connection
            responses: { '204': { description: Found. } }
        /form:
          post:
            operationId: constructor
            requestBody:
              required: true
              content:
                application/x-www-form-urlencoded:
                  schema:
                    type: object
                    properties:
                      valueOf: { type: string }
                      __proto__: { type: object }
                  encoding: { __proto__: { contentType: application/json } }
            responses: { '204': { description: Sent. } }
      components:
        securitySchemes:
          constructor: { type: apiKey, in: header, name: X-Key }
          __proto__: { type: apiKey, in: query, name: key }
      """;

  private static final String SHARED =
      """
      openapi: 3.1.0
      info: { title: Shared, version: '1' }
      components:
        schemas:
          Money:
            type: object
            required: [amount]
            properties: { amount: { type: string }, currency: { enum: [EUR, CHF] } }
          Bill:
            type: object
            required: [total]
            properties: { total: { $ref: '#/components/schemas/Money' } }
          PayRequest: { enum: [odd, even] }
          Unused: { enum: [unused] }
      """;

  private static final String OWN =
      """
      openapi: 3.1.0
      info: { title: Own, version: '1' }
      paths:
        /pay:
          post:
            operationId: pay
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [money, bill]
                    properties:
                      money: { $ref: '#/components/schemas/Money' }
                      bill: { $ref: 'shared.yaml#/components/schemas/Bill' }
            responses: { '204': { description: Paid. } }
      components:
        schemas:
          Money:
            type: object
            required: [own]
            properties: { own: { $ref: 'shared.yaml#/components/schemas/Money' } }
      """;

  private static final String UNFINISHED =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nR";

  @TempDir Path directory;

  @BeforeAll
  static void node() {
    Node.assume();
  }

  private static List<SourceFile> generate(Path document) {
    return Documents.generate(document, "any", EnumSet.of(Part.TYPESCRIPT)).files();
  }

  @Test
  void clients_of_every_document_compile() throws IOException {
    List<Path> documents = new ArrayList<>(RealDocumentsTest.documents());
    for (String name : GalleryTest.cases()) {
      documents.add(Path.of("src/test/resources/gallery").resolve(name).resolve("openapi.yaml"));
    }
    documents.add(Path.of("src/test/resources/client-guarded/openapi.yaml"));
    List<String> files = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      files.addAll(Node.write(directory.resolve("d" + i), generate(documents.get(i))));
    }

    assertThat(Node.compile(files, "--noEmit")).isEmpty();
    assertThat(documents).hasSizeGreaterThan(30);
  }

  @Test
  void what_a_client_sends_is_what_a_handler_gets() throws Exception {
    Path folder = Path.of("src/test/resources/client");
    List<SourceFile> files = new ArrayList<>(generate(folder.resolve("openapi.yaml")));
    files.add(new SourceFile("caller.ts", Files.readString(folder.resolve("caller.ts"))));
    assertThat(Node.compile(Node.write(directory, files))).isEmpty();

    ClientTest.start();
    try {
      String came = Node.run(directory, List.of("node", "caller.js", ClientTest.base().toString()));

      assertThat(came).startsWith("[\"");
      assertThat(texts(came)).hasSize(24);
      List<String> sent = ClientTest.sent();
      assertThat(texts(came).subList(0, 20)).isEqualTo(sent.subList(0, 20));
      // URLs drop these segments even when they are encoded.
      assertThat(texts(came).subList(20, 22))
          .containsOnly("path parameter \"simple\" cannot be \".\" or \"..\"");
      assertThat(texts(came).subList(22, 24))
          .containsExactly(
              "parameter \"maybeList\" cannot have an empty list, which would be read as null; give"
                  + " null or an item",
              "form field \"maybeList\" cannot have an empty list, which would be read as null;"
                  + " give null or an item");
    } finally {
      ClientTest.stop();
    }
  }

  private static List<String> texts(String json) {
    List<String> texts = new ArrayList<>();
    new tools.jackson.databind.ObjectMapper()
        .readTree(json)
        .forEach(text -> texts.add(text.stringValue()));
    return texts;
  }

  @Test
  void a_client_is_used_as_the_guide_says() throws IOException {
    Path document = ClientGuideTest.document(directory);
    try (BrrtServer server = ClientGuideTest.serve(document)) {
      List<SourceFile> files = new ArrayList<>(generate(document));
      String example = ClientGuideTest.example("A TypeScript client", "typescript");
      files.add(new SourceFile("guide.ts", example.replace("http://localhost:8080", server.url())));
      assertThat(Node.compile(Node.write(directory, files))).isEmpty();

      assertThat(Node.run(directory, List.of("node", "guide.js"))).isEqualTo("2 Rex\n");
    }
  }

  @Test
  void what_objects_inherit_is_not_sent_as_if_it_had_been_given() throws IOException {
    Path document = Files.writeString(directory.resolve("inherited.yaml"), INHERITED);
    List<SourceFile> files = new ArrayList<>(generate(document));
    files.add(
        new SourceFile(
            "use.ts",
            """
            import { InheritedClient } from "./client.js";
            const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
              const key = new Headers(init?.headers).get("X-Key");
              console.log(`${url} ${key} ${init?.body}`);
              return new Response(null, { status: 204 });
            };
            const baseUrl = "http://a.example";
            await new InheritedClient({ baseUrl, fetch }).find();
            await new InheritedClient({ baseUrl, fetch }).find({});
            const client = new InheritedClient({ baseUrl, fetch, constructor_: "secret" });
            await client.find({ valueOf_: "1", toString_: "2", constructor_: "3", proto: "4" });
            await client.constructor_({ body: { valueOf: "1", ["__proto__"]: { a: 2 } } });
            await client.connection_();
            """));

    assertThat(Node.compile(Node.write(directory, files))).isEmpty();
    assertThat(Node.run(directory, List.of("node", "use.js")))
        .isEqualTo(
            """
            http://a.example/find null undefined
            http://a.example/find null undefined
            http://a.example/find?valueOf=1&toString=2&constructor=3&__proto__=4 secret undefined
            http://a.example/form secret valueOf=1&__proto__=%7B%22a%22%3A2%7D
            http://a.example/connection secret undefined
            """);
  }

  /** As in Java: platforms differ in what they refuse, and name no parameter. */
  @Test
  void header_fields_are_sent_in_printable_ascii_or_not_at_all() throws IOException {
    Path document = Files.writeString(directory.resolve("inherited.yaml"), INHERITED);
    List<SourceFile> files = new ArrayList<>(generate(document));
    files.add(
        new SourceFile(
            "use.ts",
            """
            import { InheritedClient } from "./client.js";
            const fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
              console.log(new Headers(init?.headers).get("isPrototypeOf"));
              return new Response(null, { status: 204 });
            };
            const client = new InheritedClient({ baseUrl: "http://a.example", fetch });
            for (const text of ["a\\tb ~", "f\\u00fcr", "a\\r\\nb", "\\u0000"]) {
              await client.find({ isPrototypeOf_: text }).catch((problem) => console.log(`${problem}`));
            }
            """));

    assertThat(Node.compile(Node.write(directory, files))).isEmpty();
    assertThat(Node.run(directory, List.of("node", "use.js")))
        .isEqualTo(
            """
            a\tb ~
            TypeError: header "isPrototypeOf" can have printable characters of ASCII only; character 2 is none
            TypeError: header "isPrototypeOf" can have printable characters of ASCII only; character 2 is none
            TypeError: header "isPrototypeOf" can have printable characters of ASCII only; character 1 is none
            """);
  }

  @Test
  void types_of_shared_documents_are_there_too_and_none_is_taken_for_another() throws IOException {
    Files.writeString(directory.resolve("shared.yaml"), SHARED);
    Path document = Files.writeString(directory.resolve("own.yaml"), OWN);
    List<SourceFile> files = new ArrayList<>(sharing(document, directory.resolve("shared.yaml")));
    files.add(
        new SourceFile(
            "use.ts",
            """
            import type { Bill, Money, Money2, PayRequest, PayRequest2, Unused } from "./client.js";
            export const own: Money = { own: { amount: "1.00" } };
            export const shared: Money2 = { amount: "1.00", currency: "EUR" };
            export const bill: Bill = { total: shared };
            export const request: PayRequest = { body: { money: own, bill } };
            export const odd: PayRequest2 = "odd";
            export const unused: Unused = "unused";
            // @ts-expect-error money of the shared document has an amount
            export const wrong: Money2 = own;
            """));

    assertThat(Node.compile(Node.write(directory.resolve("own"), files), "--noEmit")).isEmpty();
    Path claims = Path.of("../examples/insurance/claims/openapi.yaml");
    assertThat(
            Node.compile(
                Node.write(
                    directory.resolve("claims"),
                    sharing(claims, Path.of("../examples/insurance/models/openapi.yaml"))),
                "--noEmit"))
        .isEmpty();
  }

  private static List<SourceFile> sharing(Path document, Path shared) throws IOException {
    GenerationJob job =
        new GenerationJob(
            document,
            LoadOptions.defaults(),
            document.resolveSibling("none"),
            "own",
            EnumSet.of(Part.TYPESCRIPT),
            UnknownEnums.REFUSE,
            Integers.LONG,
            Set.of(),
            List.of(new GenerationJob.Shared(shared, "shared")));
    return ((GenerationJob.Outcome.Planned) job.plan()).generation().files();
  }

  @Test
  void redirects_are_not_followed_and_no_key_goes_along() throws Exception {
    List<SourceFile> files =
        new ArrayList<>(generate(Path.of("src/test/resources/client-guarded/openapi.yaml")));
    files.add(
        new SourceFile(
            "use.ts",
            """
            import { GuardedPetsClient } from "./client.js";
            declare const process: { argv: string[] };
            const client = new GuardedPetsClient({ baseUrl: process.argv[2] ?? "", query: "secret" });
            try {
              await client.getPet({ id: "1" });
            } catch (problem) {
              console.log(String(problem));
            }
            """));
    assertThat(Node.compile(Node.write(directory, files))).isEmpty();
    try (OneAnswer other = new OneAnswer("HTTP/1.1 204 No Content\r\n\r\n");
        OneAnswer server =
            new OneAnswer(
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: "
                    + other.base()
                    + "\r\n\r\n")) {
      String told = Node.run(directory, List.of("node", "use.js", server.base().toString()));

      assertThat(told)
          .isEqualTo(
              "UnexpectedResponseError: get_pet answered 302: the document declares no such"
                  + " status\n");
      assertThat(server.request()).startsWith("GET /v1/pets/1?api%20key=secret HTTP/1.1");
      assertThat(other.wasAsked()).isFalse();
    }
  }

  @Test
  void bodies_are_read_as_far_as_they_may_go() throws IOException {
    assertThat(
            guarded(
                """
                let chunks = 0;
                const body = (octets: number): ReadableStream =>
                  new ReadableStream({
                    pull(controller) {
                      const size = Math.min(octets, 65_536);
                      chunks++;
                      octets -= size;
                      size > 0 ? controller.enqueue(new Uint8Array(size).fill(97)) : controller.close();
                    },
                  });
                const ask = async (status: number, type: string, octets: number, maxBodySize?: number) => {
                  chunks = 0;
                  const fetch = async (): Promise<Response> =>
                    new Response(body(octets), { status, headers: { "Content-Type": type } });
                  const bounds = maxBodySize === undefined ? {} : { maxBodySize };
                  try {
                    const response = await new GuardedPetsClient({ baseUrl, fetch, ...bounds }).getPet({ id: "1" });
                    console.log(response.status, response.body);
                  } catch (problem) {
                    const shown = problem instanceof UnexpectedResponseError ? problem.body.length : "";
                    console.log(`${problem} ${shown} ${chunks}`);
                  }
                };
                await ask(200, "application/json", Infinity);
                await ask(200, "text/plain", Infinity, 100_000);
                await ask(200, "text/plain", 11, 10);
                await ask(200, "text/plain", 10, 10);
                await ask(299, "text/plain", Infinity);
                await ask(200, "image/png", Infinity);
                """,
                "http://a.example"))
        .isEqualTo(
            """
            UnexpectedResponseError: get_pet answered 200: the body has more octets than the maxBodySize of 16777216 2048 258
            UnexpectedResponseError: get_pet answered 200: the body has more octets than the maxBodySize of 100000 2048 3
            UnexpectedResponseError: get_pet answered 200: the body has more octets than the maxBodySize of 10 11 2
            200 aaaaaaaaaa
            UnexpectedResponseError: get_pet answered 299: the document declares no such status 2048 2
            UnexpectedResponseError: get_pet answered 200: the body is image/png, and the document declares application/json, text/plain 2048 2
            """);
  }

  /** Each body in one piece, and in as many as it has octets. */
  @Test
  void items_are_read_as_they_stand_one_behind_the_other() throws IOException {
    assertThat(
            station(
                    """
                    const bodies: [string, string][] = [
                      ["application/jsonl", '{"sensor":"\u00e9","value":1}\\n\\r\\n {"sensor":"b","value":2}\\r\\n{"sensor":"c","value":3}'],
                      ["application/jsonl", '\\n'],
                      ["application/jsonl", '1\\n{'],
                      ["application/json-seq", '\\u001e{\\n"sensor":"a\\\\"}"}\\n\\u001e\\u001e[1]\\u001e2 \\u001e3\\n'],
                      ["application/json-seq", '\\u001e1\\n\\u001e2'],
                      ["application/json-seq", '1\\n'],
                      ["text/event-stream", '\\ufeff: hello\\nevent: a\\rid: 1\\r\\ndata:x\\ndata:  y\\n\\nid: 2\\n\\nretry: 5\\nretry: z\\nother: 1\\ndata\\n\\ndata: lost'],
                    ];
                    for (const [type, body] of bodies) {
                      const octets = new TextEncoder().encode(body);
                      for (const size of [octets.length, 1]) {
                        const fetch = async (): Promise<Response> => answer(type, pieces(octets, size));
                        const client = new WeatherStationClient({ baseUrl, fetch });
                        const items: unknown[] = [];
                        try {
                          const all =
                            type === "text/event-stream"
                              ? (await client.watchRaw()).body
                              : (await client.listReadings()).body;
                          for await (const item of all) {
                            items.push(item);
                          }
                        } catch (problem) {
                          items.push(`${problem}`.replace(/ JSON: .*/, " JSON"));
                        }
                        console.log(JSON.stringify(items));
                      }
                    }
                    """)
                .lines()
                .toList())
        .isEqualTo(
            Stream.of(
                    "[{'sensor':'\u00e9','value':1},{'sensor':'b','value':2},{'sensor':'c','value':3}]",
                    "[]",
                    "[1,'UnexpectedResponseError: list_readings answered 200: item 2 is not JSON']",
                    "[{'sensor':'a\\'}'},[1],2,3]",
                    "[1,'UnexpectedResponseError: list_readings answered 200: item 2 may be cut off']",
                    "['UnexpectedResponseError: list_readings answered 200: item 1 does not begin"
                        + " with RS (U+001E)']",
                    "[{'event':'a','id':'1','data':'x\\n y'},{'id':'2','retry':5,'data':''}]")
                .map(each -> each.replace('\'', '"'))
                .flatMap(each -> Stream.of(each, each))
                .toList());
  }

  @Test
  void items_of_a_stream_without_an_end_are_there_when_they_have_come() throws IOException {
    assertThat(
            station(
                """
                const encoder = new TextEncoder();
                const event = 'event: adopted\\ndata: {"sensor":"a","value":1}\\n\\n';
                const endless = (log: string[]): ReadableStream<Uint8Array> =>
                  new ReadableStream({
                    start: (controller) => controller.enqueue(encoder.encode(event)),
                    cancel: () => void log.push("cancelled"),
                  });
                const open = async (log: string[], options: object = {}) => {
                  const fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
                    const body = endless(log);
                    const reader = body.getReader();
                    const both = new ReadableStream<Uint8Array>({
                      async pull(controller) {
                        const aborted = new Promise<never>((_, reject) =>
                          init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)),
                        );
                        const { value } = await Promise.race([reader.read(), aborted]);
                        if (value !== undefined) {
                          controller.enqueue(value);
                        }
                      },
                      cancel: (why) => reader.cancel(why),
                    });
                    return answer("text/event-stream", both);
                  };
                  return (await new WeatherStationClient({ baseUrl, fetch }).watchAdoptions({}, options)).body;
                };
                const left: string[] = [];
                for await (const item of await open(left)) {
                  const data: string = item.data;
                  console.log(item.event, JSON.parse(data).sensor);
                  break;
                }
                console.log(left.join());

                const cancelled: string[] = [];
                const waiting = await open(cancelled);
                await waiting.next();
                const second = waiting.next();
                await waiting.cancel();
                console.log((await second).done, (await waiting.next()).done, cancelled.join());

                const unread: string[] = [];
                await (await open(unread)).return();
                console.log(unread.join());

                const silent = await open([], { timeout: 50 });
                await silent.next();
                await silent.next().catch((problem) => console.log(problem.name));

                const stop = new AbortController();
                const stopped = await open([], { signal: stop.signal });
                await stopped.next();
                const never = stopped.next();
                stop.abort(new Error("enough"));
                await never.catch((problem) => console.log(problem.message));
                """))
        .isEqualTo("adopted a\ncancelled\ntrue true cancelled\ncancelled\nTimeoutError\nenough\n");
  }

  @Test
  void each_item_has_at_most_what_a_body_may_have() throws IOException {
    assertThat(
            station(
                """
                const encoder = new TextEncoder();
                let pulled = 0;
                const fetch = async (): Promise<Response> =>
                  answer(
                    "application/jsonl",
                    new ReadableStream({
                      pull(controller) {
                        pulled++;
                        controller.enqueue(encoder.encode(pulled < 50 ? "1\\n" : "a".repeat(10)));
                      },
                    }),
                  );
                const client = new WeatherStationClient({ baseUrl, fetch, maxBodySize: 100 });
                let count = 0;
                try {
                  for await (const _ of (await client.listReadings()).body) {
                    count++;
                  }
                } catch (problem) {
                  console.log(`${count} ${problem}`);
                }
                """))
        .isEqualTo(
            "49 UnexpectedResponseError: list_readings answered 200: an item has more characters"
                + " than the maxBodySize of 100\n");
  }

  /** {@return what code prints that has a client of items} */
  private String station(String code) throws IOException {
    Path document = Path.of("src/test/resources/gallery/client-streams/openapi.yaml");
    List<SourceFile> files = new ArrayList<>(generate(document));
    files.add(
        new SourceFile(
            "use.ts",
            """
            import { WeatherStationClient } from "./client.js";
            const baseUrl = "http://a.example";
            export const answer = (type: string, body: ReadableStream<Uint8Array>): Response =>
              new Response(body, { status: 200, headers: { "Content-Type": type } });
            export const pieces = (octets: Uint8Array, size: number): ReadableStream<Uint8Array> => {
              let at = 0;
              return new ReadableStream({
                pull(controller) {
                  at < octets.length ? controller.enqueue(octets.slice(at, at + size)) : controller.close();
                  at += size;
                },
              });
            };
            """
                + code));
    assertThat(Node.compile(Node.write(directory, files))).isEmpty();
    return Node.run(directory, List.of("node", "use.js"));
  }

  @Test
  void an_undeclared_problem_says_what_it_is_about() throws Exception {
    assertThat(
            guarded(
                """
                const ask = async (body: string): Promise<void> => {
                  const fetch = async (): Promise<Response> =>
                    new Response(body, { status: 500, headers: { "Content-Type": "application/problem+json" } });
                  try {
                    await new GuardedPetsClient({ baseUrl, fetch }).getPet({ id: "1" });
                  } catch (problem) {
                    console.log(`${problem}`);
                  }
                };
                await ask('{"title":"Not now","detail":"The\\\\nstore is closed."}');
                await ask(JSON.stringify({ instance: "i".repeat(60_000), title: "Much" }));
                await ask(JSON.stringify({ instance: "i".repeat(70_000), title: "Too much" }));
                await ask('{"status":500}');
                await ask("[1]");
                await ask("broken");
                """,
                "http://a.example"))
        .isEqualTo(
            """
            UnexpectedResponseError: get_pet answered 500: the document declares no such status; it says "Not now: The store is closed."
            UnexpectedResponseError: get_pet answered 500: the document declares no such status; it says "Much"
            UnexpectedResponseError: get_pet answered 500: the document declares no such status
            UnexpectedResponseError: get_pet answered 500: the document declares no such status
            UnexpectedResponseError: get_pet answered 500: the document declares no such status
            UnexpectedResponseError: get_pet answered 500: the document declares no such status
            """);
  }

  @Test
  void an_exchange_ends_in_time_or_when_the_caller_says_so() throws IOException {
    try (OneAnswer server = new OneAnswer(UNFINISHED);
        OneAnswer other = new OneAnswer(UNFINISHED)) {
      assertThat(
              guarded(
                  """
                  const show = (problem: unknown): void => console.log(String(problem));
                  const patient = new GuardedPetsClient({ baseUrl, query: "secret" });
                  await patient.getPet({ id: "1" }, { timeout: 200 }).catch(show);
                  const own = new AbortController();
                  const asked = new GuardedPetsClient({ baseUrl: process.argv[3] ?? "", timeout: 9000 }).getPet(
                    { id: "1" },
                    { signal: own.signal },
                  );
                  setTimeout(() => own.abort("not any more"), 200);
                  await asked.catch(show);
                  await patient.getPet({ id: "1" }, { signal: AbortSignal.abort("never") }).catch(show);
                  for (const timeout of [0, -1, NaN, 2 ** 31]) {
                    await patient.getPet({ id: "1" }, { timeout }).catch(show);
                  }
                  for (const wrong of [{ timeout: Infinity }, { maxBodySize: -1 }, { maxBodySize: NaN }]) {
                    try {
                      new GuardedPetsClient({ baseUrl, ...wrong });
                    } catch (problem) {
                      show(problem);
                    }
                  }
                  """,
                  server.base().toString(),
                  other.base().toString()))
          .isEqualTo(
              """
              TimeoutError: GET /pets/1 took longer than 200 milliseconds
              not any more
              never
              RangeError: a timeout is longer than zero and at most 2147483647 milliseconds: 0
              RangeError: a timeout is longer than zero and at most 2147483647 milliseconds: -1
              RangeError: a timeout is longer than zero and at most 2147483647 milliseconds: NaN
              RangeError: a timeout is longer than zero and at most 2147483647 milliseconds: 2147483648
              RangeError: a timeout is longer than zero and at most 2147483647 milliseconds: Infinity
              RangeError: a body has 0 octets or more: -1
              RangeError: a body has 0 octets or more: NaN
              """);
    }
  }

  @Test
  void half_of_a_surrogate_pair_is_refused() throws IOException {
    assertThat(
            guarded(
                """
                const fetch = async (url: unknown): Promise<Response> => {
                  console.log(url);
                  return new Response("Rex", { headers: { "Content-Type": "text/plain" } });
                };
                const client = new GuardedPetsClient({ baseUrl, fetch });
                await client.getPet({ id: "1", spaced: ["\\u{1f600}"] });
                for (const request of [{ id: "\\ud800" }, { id: "1", spaced: ["a\\udc00b"] }]) {
                  await client.getPet(request).catch((problem) => console.log(String(problem)));
                }
                """,
                "http://a.example"))
        .isEqualTo(
            """
            http://a.example/pets/1?spaced=%F0%9F%98%80
            TypeError: text in a URL or a form cannot have a character that the charset UTF-8 does not have
            TypeError: text in a URL or a form cannot have a character that the charset UTF-8 does not have
            """);
  }

  private static final String CHARSETS =
      """
      openapi: 3.1.0
      info: { title: Charsets, version: '1' }
      paths:
        /latin: { post: { operationId: latin, requestBody: { required: true, content: { text/plain; charset=iso-8859-1: { schema: { type: string } } } }, responses: &text { '200': { description: Text., content: { text/plain: { schema: { type: string } } } } } } }
        /ascii: { post: { operationId: ascii, requestBody: { required: true, content: { text/csv; Charset="ASCII": { schema: { type: string } } } }, responses: *text } }
        /wide:
          post:
            operationId: wide
            requestBody: { required: true, content: { text/plain; charset=utf-16; v=1: { schema: { type: string } } } }
            responses: *text
        /parts:
          post:
            operationId: parts
            requestBody:
              required: true
              content:
                multipart/form-data:
                  schema: { type: object, properties: { latin: { type: string }, wide: { type: string }, json: { type: string } } }
                  encoding:
                    latin: { contentType: text/plain; charset=latin1 }
                    wide: { contentType: 'text/plain; charset=utf-16, text/html' }
                    json: { contentType: 'application/json; charset=latin1; v="; charset=x"' }
            responses: *text
        /json: { post: { operationId: json, requestBody: { required: true, content: { application/json; charset=latin1: { schema: { type: string } } } }, responses: *text } }
      """;

  @Test
  void texts_are_sent_and_read_in_the_charset_that_is_said() throws IOException {
    Path document = Files.writeString(directory.resolve("charsets.yaml"), CHARSETS);
    List<SourceFile> files = new ArrayList<>(generate(document));
    files.add(
        new SourceFile(
            "use.ts",
            """
            import { CharsetsClient } from "./client.js";
            let answer: [string, number[]] = ["text/plain", [0x61]];
            const hex = (octets: ArrayBuffer): string =>
              Array.from(new Uint8Array(octets), (octet) => octet.toString(16).padStart(2, "0")).join("");
            const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
              const sent = new Request(url as string, { ...init, redirect: "follow" });
              const type = sent.headers.get("Content-Type");
              if (type?.startsWith("multipart/")) {
                const text = new TextDecoder("latin1").decode(await sent.arrayBuffer());
                const boundary = type.split("boundary=")[1] ?? "";
                console.log(text.replaceAll(boundary, "B").replaceAll("\\r\\n", "~"));
              } else {
                console.log(type, hex(await sent.arrayBuffer()));
              }
              return new Response(new Uint8Array(answer[1]), { headers: { "Content-Type": answer[0] } });
            };
            const client = new CharsetsClient({ baseUrl: "http://a.example", fetch });
            const show = (problem: unknown): void => console.log(String(problem));
            await client.latin({ body: "caf\u00e9\u0080" });
            await client.latin({ body: "1 \u20ac" }).catch(show);
            await client.ascii({ body: "cafe" });
            await client.ascii({ body: "caf\u00e9" }).catch(show);
            await client.wide({ body: "\u20ac" });
            await client.json({ body: "\u20ac" });
            await client.parts({ body: { latin: "\u00e9", wide: "\u00e9" } });
            await client.parts({ body: { latin: "\u20ac" } }).catch(show);
            await client.parts({ body: { json: "\u20ac" } });
            for (answer of [
              ["text/plain; charset=iso-8859-1", [0x63, 0xe9, 0x80]],
              ['text/plain; Charset="Latin1"', [0xe9]],
              ["text/plain;charset=us-ascii", [0x61]],
              ["text/plain;charset=us-ascii", [0xe9]],
              ["text/plain; charset=utf-16be", [0x20, 0xac]],
              ["text/plain; charset=utf-16", [0xfe, 0xff, 0x20, 0xac]],
              ["text/plain; charset=csUTF16", [0xff, 0xfe, 0xac, 0x20]],
              ["text/plain; charset=UTF-16", [0x20, 0xac]],
              ["text/plain; charset=utf-16", [0xd8]],
              ["text/plain; charset=l1", [0x80]],
              ["text/plain; charset=cp819", [0x80]],
              ["text/plain; charset=IBM819", [0x80]],
              ["text/plain; charset=iso-ir-100", [0x80]],
              ["text/plain; charset=ISO_8859-1:1987", [0x80]],
              ["text/plain; charset=csISOLatin1", [0x80]],
              ["text/plain; charset=ANSI_X3.4-1968", [0x80]],
              ["text/plain; charset=us", [0x61]],
              ['text/plain; v="; charset=latin1"; charset = utf-8', [0xc3, 0xa9]],
              ["text/plain", [0xc3, 0xa9]],
              ["text/plain", [0xe9]],
              ["text/plain; charset=nonsense", [0x61]],
            ] as [string, number[]][]) {
              await client.ascii({ body: "" }).then((came) => console.log(JSON.stringify(came.body)), show);
            }
            """));

    assertThat(Node.compile(Node.write(directory, files))).isEmpty();
    assertThat(
            Node.run(directory, List.of("node", "use.js"))
                .replace("text/csv; Charset=\"ASCII\" \n", ""))
        .isEqualTo(
            """
            text/plain; charset=iso-8859-1 636166e980
            TypeError: the body of latin cannot have a character that the charset ISO-8859-1 does not have
            text/csv; Charset="ASCII" 63616665
            TypeError: the body of ascii cannot have a character that the charset US-ASCII does not have
            text/plain; charset=utf-8; v=1 e282ac
            application/json 22e282ac22
            --B~Content-Disposition: form-data; name="latin"; filename="blob"~Content-Type: text/plain; charset=latin1~~\u00e9~--B~Content-Disposition: form-data; name="wide"; filename="blob"~Content-Type: text/plain; charset=utf-8~~\u00c3\u00a9~--B--~
            TypeError: part "latin" cannot have a character that the charset ISO-8859-1 does not have
            --B~Content-Disposition: form-data; name="json"; filename="blob"~Content-Type: application/json; v="; charset=x"~~"\u00e2\u0082\u00ac"~--B--~
            "c\u00e9\u0080"
            "\u00e9"
            "a"
            UnexpectedResponseError: ascii answered 200: the body is not text in the charset of text/plain;charset=us-ascii
            "\u20ac"
            "\u20ac"
            "\u20ac"
            "\u20ac"
            UnexpectedResponseError: ascii answered 200: the body is not text in the charset of text/plain; charset=utf-16
            "\u0080"
            "\u0080"
            "\u0080"
            "\u0080"
            "\u0080"
            "\u0080"
            UnexpectedResponseError: ascii answered 200: the body is not text in the charset of text/plain; charset=ANSI_X3.4-1968
            "a"
            "\u00e9"
            "\u00e9"
            UnexpectedResponseError: ascii answered 200: the body is not text in the charset of text/plain
            UnexpectedResponseError: ascii answered 200: the body is not text in the charset of text/plain; charset=nonsense
            """);
  }

  @Test
  void a_charset_that_is_not_written_is_told_at_its_place() throws IOException {
    Path document = Files.writeString(directory.resolve("charsets.yaml"), CHARSETS);

    assertThat(Documents.generate(document, "any", EnumSet.of(Part.TYPESCRIPT)).findings())
        .extracting(Object::toString)
        .containsExactly(
            document
                + ":9:82: warning[charset-not-sent]: no client in TypeScript writes the charset of"
                + " text/plain; charset=utf-16; v=1: it sends text/plain; charset=utf-8; v=1; say"
                + " utf-8, iso-8859-1 or us-ascii",
            document
                + ":18:13: warning[charset-not-sent]: no client in TypeScript writes the charset of"
                + " text/plain; charset=utf-16 of part \"wide\": it sends text/plain; charset=utf-8;"
                + " say utf-8, iso-8859-1 or us-ascii");
    assertThat(Documents.generate(document, "any", EnumSet.of(Part.CLIENT)).findings()).isEmpty();
  }

  @Test
  void a_body_that_nobody_wants_is_left_and_its_exchange_ends() throws IOException {
    assertThat(
            guarded(
                """
                let chunks = 0;
                let left: unknown;
                let signal: AbortSignal | null | undefined;
                const fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
                  signal = init?.signal;
                  const body = new ReadableStream(
                    {
                      pull(controller) {
                        chunks++;
                        controller.enqueue(new Uint8Array(65_536));
                      },
                      cancel() {
                        left = true;
                      },
                    },
                    { highWaterMark: 0 },
                  );
                  return new Response(body, { status: 200 });
                };
                const client = new GuardedPetsClient({ baseUrl, fetch, timeout: 100 });
                const response = await client.headPet({ id: "1" });
                await new Promise((resolve) => setTimeout(resolve, 300));
                console.log(response.status, "body" in response, chunks, left, signal?.aborted);
                """,
                "http://a.example"))
        .isEqualTo("200 false 1 true false\n");
  }

  private static final String OBJECTS =
      """
      openapi: 3.1.0
      info: { title: Things, version: '1' }
      paths:
        /thing:
          post:
            operationId: send
            requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
            responses: { '200': { description: The same., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
      components:
        schemas:
          Thing:
            type: object
            properties:
              name: { type: string }
              toString: { type: string }
              constructor: { type: integer }
              valueOf: { type: string }
              hasOwnProperty: { type: boolean }
              __proto__: { type: string }
          Closed: { type: object, properties: { name: { type: string }, isPrototypeOf: false } }
      """;

  @Test
  void properties_named_like_inherited_ones_can_be_left_out() throws IOException {
    Path document = Files.writeString(directory.resolve("objects.yaml"), OBJECTS);
    List<SourceFile> files = new ArrayList<>(generate(document));
    files.add(
        new SourceFile(
            "use.ts",
            """
            import { ThingsClient } from "./client.js";
            import type { Closed, Thing } from "./client.js";
            const fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
              console.log(init?.body);
              return new Response(init?.body ?? null, { headers: { "Content-Type": "application/json" } });
            };
            const client = new ThingsClient({ baseUrl: "http://a.example", fetch });
            const some: Thing = { name: "n" };
            const none: Thing = {};
            export const closed: Closed = { name: "c" };
            // @ts-expect-error what is inherited is a function
            export const wrong: string | undefined = some.toString;
            const all: Thing = { toString: "t", constructor: 1, valueOf: "v", hasOwnProperty: true, ["__proto__"]: "p" };
            for (const body of [some, none, all]) {
              const came = (await client.send({ body })).body;
              console.log(typeof came.toString, typeof came.constructor, typeof came.valueOf, Object.keys(came).length);
            }
            """));

    assertThat(Node.compile(Node.write(directory, files))).isEmpty();
    assertThat(Node.run(directory, List.of("node", "use.js")))
        .isEqualTo(
            """
            {"name":"n"}
            function function function 1
            {}
            function function function 0
            {"toString":"t","constructor":1,"valueOf":"v","hasOwnProperty":true,"__proto__":"p"}
            string number string 5
            """);
  }

  /** What a program with a client of guarded pets prints. */
  private String guarded(String program, String... arguments) throws IOException {
    List<SourceFile> files =
        new ArrayList<>(generate(Path.of("src/test/resources/client-guarded/openapi.yaml")));
    String head =
        """
        import { GuardedPetsClient, UnexpectedResponseError } from "./client.js";
        declare const process: { argv: string[] };
        const baseUrl = process.argv[2] ?? "";
        """;
    files.add(new SourceFile("use.ts", head + program));
    assertThat(Node.compile(Node.write(directory, files))).isEmpty();
    List<String> command = new ArrayList<>(List.of("node", "use.js"));
    command.addAll(List.of(arguments));
    return Node.run(directory, command);
  }

  @Test
  void alternatives_and_responses_are_told_apart_by_their_tags() throws IOException {
    Path gallery = Path.of("src/test/resources/gallery");
    List<SourceFile> files =
        new ArrayList<>(generate(Path.of("src/test/resources/client-guarded/openapi.yaml")));
    files.add(
        new SourceFile(
            "use.ts",
            """
            import type { GetPetResponse, HeadPetResponse, PutPetRequest } from "./client.js";
            export function told(response: GetPetResponse): string {
              if (response.status === 200) {
                return response.contentType === "text/plain" ? response.body : response.body.name;
              }
              return response.body.title;
            }
            // @ts-expect-error a response to HEAD has no body
            export const headless = (response: HeadPetResponse): unknown => response.body;
            // @ts-expect-error a pet needs a name
            export const nameless: PutPetRequest = { id: "1", body: {} };
            // @ts-expect-error there is no such kind
            export const cow: PutPetRequest = { id: "1", body: { name: "Rex", kind: "cow" } };
            // @ts-expect-error no 404 has the media type of a 200
            export const tea: GetPetResponse = { status: 404, headers: new Headers(), body: "tea" };
            """));
    assertThat(Node.compile(Node.write(directory.resolve("guarded"), files), "--noEmit")).isEmpty();

    List<SourceFile> unions =
        new ArrayList<>(generate(gallery.resolve("union-discriminator/openapi.yaml")));
    unions.add(
        new SourceFile(
            "use.ts",
            """
            import type { Pet } from "./client.js";
            export function told(pet: Pet): number | string | undefined {
              return pet.kind === "kitten" ? pet.lives : pet.breed;
            }
            // @ts-expect-error a kitten has no breed
            export const pug: Pet = { kind: "kitten", breed: "pug" };
            """));
    assertThat(Node.compile(Node.write(directory.resolve("unions"), unions), "--noEmit")).isEmpty();
  }
}
