package echo;

import echo.api.CookiesRequest;
import echo.api.CookiesResponse;
import echo.api.FormQueryRequest;
import echo.api.FormQueryResponse;
import echo.api.FormRequest;
import echo.api.FormResponse;
import echo.api.HeadersRequest;
import echo.api.HeadersResponse;
import echo.api.JsonQueryRequest;
import echo.api.JsonQueryResponse;
import echo.api.JsonRequest;
import echo.api.JsonResponse;
import echo.api.MultipartRequest;
import echo.api.MultipartResponse;
import echo.api.OctetsRequest;
import echo.api.OctetsResponse;
import echo.api.PathListsHandler;
import echo.api.PathListsRequest;
import echo.api.PathListsResponse;
import echo.api.PathObjectsRequest;
import echo.api.PathObjectsResponse;
import echo.api.PathScalarsRequest;
import echo.api.PathScalarsResponse;
import echo.api.QueryRequest;
import echo.api.QueryResponse;
import echo.client.EchoClient;
import echo.model.Form;
import echo.model.JsonRequestBody;
import echo.model.Kind;
import echo.model.Nested;
import echo.model.NestedPrice;
import echo.model.Spread;
import io.brrtrouter.schema.codec.Field;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Asks each operation as a user would; each answer should be the request. */
public final class Caller {
  private static final String ODD = "a b+c&d=e/f?g#h%41;i,j.k~l|m[n]{o}\"p'q\\r<s>\u00e9\u2764\ud83d\udc08:@!$()*^`";
  private static final Map<String, String> OBJECT = free("k", ODD, "odd=&,.;n\u00e9 m|e/", "v");
  private static final List<String> LIST = List.of(ODD, "", "b", ODD);
  private static final Nested NESTED =
      new Nested(ODD, List.of("x", ODD), new NestedPrice(-3L, new BigDecimal("0.25")));

  private final EchoClient client;
  private final List<String[]> exchanges = new ArrayList<>();

  private Caller(EchoClient client) {
    this.client = client;
  }

  /** {@return for each request what was sent and what came} */
  public static List<String[]> ask(URI base) throws Exception {
    Caller caller = new Caller(EchoClient.builder().baseUri(base).build());
    caller.paths();
    caller.queries();
    caller.headersAndCookies();
    caller.bodies();
    caller.scalars(List.of(".", ".."));
    return caller.exchanges;
  }

  private void add(Object sent, String came) {
    exchanges.add(new String[] {sent.toString(), came});
  }

  private static Map<String, String> free(String... pairs) {
    Map<String, String> members = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      members.put(pairs[i], pairs[i + 1]);
    }
    return members;
  }

  private void scalars(List<String> texts) throws Exception {
    for (String text : texts) {
      PathScalarsRequest scalars =
          new PathScalarsRequest(
              text,
              text,
              text,
              text,
              text,
              -9007199254740991L,
              new BigDecimal("-0.00000001"),
              OffsetDateTime.parse("2026-11-26T10:00:00+01:00"),
              new UUID(1, 2),
              Kind.L_RGE);
      if (client.pathScalars(scalars) instanceof PathScalarsResponse.Ok(String came)) {
        add(scalars, came);
      }
    }
  }

  private void paths() throws Exception {
    scalars(List.of(ODD, "~", "%2F"));
    for (List<String> list : List.of(LIST, List.of("a"))) {
      PathListsRequest lists = new PathListsRequest(list, list, list, list, list, list);
      PathListsHandler handler = client::pathLists;
      if (handler.handle(lists) instanceof PathListsResponse.Ok(String came)) {
        add(lists, came);
      }
    }
    PathObjectsRequest objects =
        new PathObjectsRequest(OBJECT, OBJECT, OBJECT, OBJECT, OBJECT, OBJECT, OBJECT, ODD);
    if (client.pathObjects(objects) instanceof PathObjectsResponse.Ok(String came)) {
      add(objects, came);
    }
  }

  private void queries() throws Exception {
    List<String> noSpace = List.of("a+b", "", "c|d");
    List<String> noBar = List.of("a+b c", "", "d");
    QueryRequest.Builder query =
        QueryRequest.builder()
            .text(ODD)
            .reserved(ODD)
            .integer(9007199254740991L)
            .big(new BigDecimal("1E+30"))
            .flag(false)
            .day(LocalDate.parse("2024-02-29"))
            .price(new BigDecimal("10.50"))
            .maybe(Field.of(5L))
            .maybeDay(Field.of(LocalDate.parse("2024-02-29")))
            .maybeList(Field.of(LIST))
            .needed(6L)
            .list(LIST)
            .joinedList(LIST)
            .reservedList(LIST)
            .spaced(noSpace)
            .piped(noBar)
            .spacedExploded(LIST)
            .pipedExploded(LIST)
            .integers(List.of(3L, -1L))
            .object(new Spread(ODD, 4L, List.of(ODD, "b")))
            .joinedObject(OBJECT)
            .spacedObject(free("a", "b", "c+d", "e|f"))
            .pipedObject(free("a b", "c d", "e", "f"))
            .deep(NESTED)
            .json(NESTED)
            .plain(ODD)
            .form(new Spread(ODD, 4L, List.of(ODD, "b")));
    query(query.build());
    query(query.maybe(Field.ofNull()).maybeDay(Field.ofNull()).maybeList(Field.ofNull()).needed(null).text("").list(List.of()).build());
    query(QueryRequest.builder().needed(1L).joinedList(List.of()).build());
    for (Spread all : List.of(new Spread(ODD, 1L, LIST), new Spread("x", null, null))) {
      FormQueryRequest form = new FormQueryRequest(all);
      if (client.formQuery(form) instanceof FormQueryResponse.Ok(String came)) {
        add(form, came);
      }
    }
    JsonQueryRequest json = new JsonQueryRequest(NESTED);
    if (client.jsonQuery(json) instanceof JsonQueryResponse.Ok(String came)) {
      add(json, came);
    }
  }

  private void query(QueryRequest request) throws Exception {
    if (client.query(request) instanceof QueryResponse.Ok(String came)) {
      add(request.toString().replace("1E+30", "1000000000000000000000000000000"), came);
    }
  }

  private void headersAndCookies() throws Exception {
    String ascii = ODD.replaceAll("[^ -~]", "");
    HeadersRequest headers =
        new HeadersRequest(
            ascii,
            -1L,
            List.of("a", "b c", "\"q\""),
            free("k", "v w", "l", "x"),
            free("k", "v=w", "l", "x"),
            OBJECT);
    if (client.headers(headers) instanceof HeadersResponse.Ok(String came)) {
      add(headers, came);
    }
    String raw = "a!b%41=c\u0020d";
    CookiesRequest cookies =
        new CookiesRequest(
            ODD,
            LIST,
            LIST,
            new Spread(ODD, 4L, List.of(ODD, "b")),
            OBJECT,
            raw,
            List.of(raw, "x"),
            List.of(raw, "x"),
            OBJECT);
    if (client.cookies(cookies) instanceof CookiesResponse.Ok(String came)) {
      add(cookies, came);
    }
  }

  private void bodies() throws Exception {
    for (Field<JsonRequestBody> body :
        List.of(
            Field.of(new JsonRequestBody("\u00e9\u2764")),
            Field.<JsonRequestBody>absent(),
            Field.<JsonRequestBody>ofNull())) {
      JsonRequest json = new JsonRequest(body);
      if (client.json(json) instanceof JsonResponse.Ok(String came)) {
        add(json, came);
      }
    }
    Form.Builder form =
        Form.builder()
            .text(ODD)
            .integer(5L)
            .flag(true)
            .maybe(Field.ofNull())
            .maybeKind(Field.ofNull())
            .maybeList(Field.ofNull())
            .list(LIST)
            .joined(LIST)
            .object(NESTED)
            .deep(NESTED)
            .objects(List.of(NESTED, NESTED))
            .quoted(ODD);
    FormRequest encoded = new FormRequest(form.build());
    if (client.form(encoded) instanceof FormResponse.Ok(String came)) {
      add(encoded, came);
    }
    byte[] octets = new byte[256];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) i;
    }
    Form whole = form.maybeList(Field.absent()).photo(octets).photos(List.of(octets, new byte[] {13, 10})).build();
    if (client.multipart(new MultipartRequest(whole)) instanceof MultipartResponse.Ok(String came)) {
      add(text(whole), came);
    }
    if (client.octets(new OctetsRequest(octets)) instanceof OctetsResponse.Ok(byte[] came)) {
      add(Arrays.toString(octets), Arrays.toString(came));
    }
  }

  static String text(Form form) {
    return form.toBuilder().photo(null).photos(null).build()
        + Arrays.toString(form.photo())
        + form.photos().stream().map(Arrays::toString).toList();
  }
}
