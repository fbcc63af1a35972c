package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.MediaTypes;
import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.codegen.model.Sample.Pair;
import io.brrtrouter.codegen.model.Sample.Payload;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.openapi.model.Server;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Finds a request for an operation: what it requires, and its body, from examples or else from the
 * schemas. There is none where a value is missing, or is written in a way that few use.
 */
final class CallReader {
  /** The credentials for development, which servers know by themselves when they are asked to. */
  private static final String SECRET = "development-only";

  private static final String USER = "developer";

  private final OpenApi api;
  private final Examples examples;

  CallReader(OpenApi api, Examples examples) {
    this.api = api;
    this.examples = examples;
  }

  /** There is no request to be found. */
  private static final class NoCall extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoCall() {
      super(null, null, false, false);
    }
  }

  Optional<Sample.Call> read(Operation operation) {
    try {
      return Optional.of(call(operation));
    } catch (NoCall missing) {
      return Optional.empty();
    }
  }

  private Sample.Call call(Operation operation) {
    List<Pair> query = new ArrayList<>();
    List<Pair> headers = new ArrayList<>();
    List<Pair> cookies = new ArrayList<>();
    StringBuilder raw = new StringBuilder();
    String path = operation.path();
    for (Parameter parameter : operation.parameters()) {
      switch (parameter.in()) {
        case PATH ->
            path = path.replace("{" + parameter.name() + "}", inPath(parameter, value(parameter)));
        case QUERY -> {
          if (parameter.required()) {
            query(parameter, value(parameter), query, raw);
          }
        }
        case QUERYSTRING -> {
          if (parameter.required()) {
            throw new NoCall();
          }
        }
        case HEADER -> {
          if (parameter.required() && !isIgnored(parameter.name())) {
            headers.add(new Pair(parameter.name(), printable(simple(parameter))));
          }
        }
        case COOKIE -> {
          if (parameter.required()) {
            cookies.add(new Pair(parameter.name(), encoded(scalar(value(parameter)))));
          }
        }
      }
    }
    credentials(operation, query, headers, cookies);
    String target = base(operation.servers()) + path + (raw.isEmpty() ? "" : "?" + raw);
    return new Sample.Call(
        target, query, headers, cookies, operation.requestBody().flatMap(this::payload));
  }

  private static boolean isIgnored(String header) {
    return List.of("accept", "content-type", "authorization")
        .contains(header.toLowerCase(Locale.ROOT));
  }

  private JsonNode value(Parameter parameter) {
    return examples.of(parameter).stream().findFirst().orElseThrow(NoCall::new);
  }

  private static String scalar(JsonNode value) {
    if (value.isContainer() || value.isNull()) {
      throw new NoCall();
    }
    return value.isString() ? value.stringValue() : value.toString();
  }

  /** Text as a parameter of a media type has it, JSON but for strings of other types. */
  private static Optional<String> content(Parameter parameter, JsonNode value) {
    return parameter.content().keySet().stream()
        .findFirst()
        .map(type -> type.contains("json") ? value.toString() : scalar(value));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String inPath(Parameter parameter, JsonNode value) {
    Optional<String> content = content(parameter, value);
    if (content.isPresent()) {
      return segment(encoded(content.get()));
    }
    String name = parameter.name();
    boolean explode = parameter.explode();
    return segment(
        switch (parameter.style()) {
          case LABEL -> "." + joined(value, explode ? "." : ",", explode ? "=" : ",");
          case MATRIX -> {
            if (explode && value.isContainer()) {
              throw new NoCall();
            }
            yield ";" + encoded(name) + "=" + joined(value, ",", ",");
          }
          default -> joined(value, ",", explode ? "=" : ",");
        });
  }

  /** A segment that is empty or means a place in the path is none to put into it. */
  private static String segment(String text) {
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new NoCall();
    }
    return text;
  }

  private static String joined(JsonNode value, String between, String pair) {
    List<String> parts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(item -> parts.add(encoded(scalar(item))));
    } else if (value.isObject()) {
      value.forEachEntry(
          (name, member) -> parts.add(encoded(name) + pair + encoded(scalar(member))));
    } else {
      return encoded(scalar(value));
    }
    if (parts.isEmpty()) {
      throw new NoCall();
    }
    return String.join(between, parts);
  }

  private static void query(
      Parameter parameter, JsonNode value, List<Pair> query, StringBuilder raw) {
    String name = parameter.name();
    Optional<String> content = content(parameter, value);
    if (content.isPresent() || !value.isContainer()) {
      query.add(new Pair(name, content.orElseGet(() -> scalar(value))));
      return;
    }
    if (value.isEmpty()) {
      throw new NoCall();
    }
    if (parameter.style() == ParameterStyle.DEEP_OBJECT) {
      value.forEachEntry(
          (member, each) -> query.add(new Pair(name + "[" + member + "]", scalar(each))));
    } else if (parameter.explode() && value.isArray()) {
      value.forEach(item -> query.add(new Pair(name, scalar(item))));
    } else if (parameter.explode()) {
      value.forEachEntry((member, each) -> query.add(new Pair(member, scalar(each))));
    } else {
      String between =
          switch (parameter.style()) {
            case SPACE_DELIMITED -> "%20";
            case PIPE_DELIMITED -> "%7C";
            default -> ",";
          };
      raw.append(raw.isEmpty() ? "" : "&")
          .append(encoded(name))
          .append('=')
          .append(joined(value, between, between));
    }
  }

  /** The value of a header field in simple style, which is not encoded. */
  private String simple(Parameter parameter) {
    JsonNode value = value(parameter);
    Optional<String> content = content(parameter, value);
    if (content.isPresent()) {
      return content.get();
    }
    List<String> parts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(item -> parts.add(scalar(item)));
    } else if (value.isObject()) {
      value.forEachEntry(
          (name, member) -> parts.add(name + (parameter.explode() ? "=" : ",") + scalar(member)));
    } else {
      parts.add(scalar(value));
    }
    return String.join(",", parts);
  }

  private static String printable(String field) {
    boolean fits = field.chars().allMatch(c -> c >= ' ' && c < 127);
    if (!fits || !field.equals(field.strip())) {
      throw new NoCall();
    }
    return field;
  }

  /**
   * The credentials for development of the first alternative that has some, unless anybody may
   * come.
   */
  private void credentials(
      Operation operation, List<Pair> query, List<Pair> headers, List<Pair> cookies) {
    if (!operation.demandsCredentials()) {
      return;
    }
    if (OperationExtension.STEP_UP.of(operation).isPresent()) {
      // Credentials for development do not say how somebody was authenticated.
      throw new NoCall();
    }
    SecurityRequirement requirement =
        operation.security().stream().filter(this::isKnown).findFirst().orElseThrow(NoCall::new);
    for (String name : requirement.schemes().keySet()) {
      SecurityScheme scheme =
          Objects.requireNonNull(api.components().securitySchemes().get(name), name);
      if (!isKey(scheme)) {
        headers.add(new Pair("Authorization", authorization(scheme)));
        continue;
      }
      Pair key = new Pair(scheme.name().orElseThrow(), SECRET);
      switch (scheme.in().orElseThrow()) {
        case HEADER -> headers.add(key);
        case QUERY -> query.add(key);
        case COOKIE -> cookies.add(key);
        case PATH, QUERYSTRING -> throw new NoCall();
      }
    }
  }

  /** A request has one {@code Authorization}, so two schemes that need it cannot both be met. */
  private boolean isKnown(SecurityRequirement requirement) {
    List<SecurityScheme> schemes =
        requirement.schemes().keySet().stream()
            .map(api.components().securitySchemes()::get)
            .toList();
    return schemes.stream().allMatch(each -> each != null && (isKey(each) || isAuthorization(each)))
        && schemes.stream().filter(CallReader::isAuthorization).count() <= 1;
  }

  private static boolean isKey(SecurityScheme scheme) {
    return scheme.type().equals("apiKey");
  }

  private static boolean isBasic(SecurityScheme scheme) {
    return scheme.type().equals("http") && scheme.scheme().orElse("").equalsIgnoreCase("basic");
  }

  private static boolean isAuthorization(SecurityScheme scheme) {
    return scheme.takesBearerToken() || isBasic(scheme);
  }

  private static String authorization(SecurityScheme scheme) {
    return isBasic(scheme)
        ? "Basic "
            + Base64.getEncoder()
                .encodeToString((USER + ":" + SECRET).getBytes(StandardCharsets.UTF_8))
        : "Bearer " + SECRET;
  }

  /** The path of the first server's URL, without a slash at its end. */
  private static String base(List<Server> servers) {
    if (servers.isEmpty()) {
      return "";
    }
    String path;
    try {
      String url = servers.getFirst().resolvedUrl();
      path = URI.create("http://server/").resolve(url).normalize().getRawPath();
    } catch (IllegalArgumentException invalid) {
      throw new NoCall();
    }
    return path == null ? "" : path.replaceFirst("^(/\\.\\.)+", "").replaceFirst("/+$", "");
  }

  private Optional<Payload> payload(RequestBody body) {
    for (Map.Entry<String, MediaType> entry : body.content().entrySet()) {
      for (JsonNode value : values(entry.getValue(), entry.getKey())) {
        Optional<Payload> payload = payload(entry.getKey(), entry.getValue(), value);
        if (payload.isPresent()) {
          return payload;
        }
      }
    }
    if (body.required()) {
      throw new NoCall();
    }
    return Optional.empty();
  }

  private List<JsonNode> values(MediaType mediaType, String name) {
    if (mediaType.itemSchema().isPresent()) {
      return items(mediaType, name);
    }
    boolean described = name.contains("json") || isForm(name) || name.startsWith("text/");
    return described && mediaType.schema().isPresent()
        ? examples.of(mediaType)
        : examples.texts(mediaType);
  }

  /** {@return texts of one item each, where items are JSON} */
  private List<JsonNode> items(MediaType mediaType, String name) {
    String before =
        switch (SequentialMediaType.of(name).orElse(null)) {
          case JSON_LINES -> "";
          case JSON_SEQUENCE -> "\u001e";
          case EVENTS, PARTS -> null;
          case null -> null;
        };
    return before == null
        ? List.of()
        : examples.ofItem(mediaType).stream()
            .<JsonNode>map(item -> StringNode.valueOf(before + item + "\n"))
            .toList();
  }

  private static boolean isForm(String mediaType) {
    String bare = MediaTypes.bare(mediaType);
    return bare.equals("application/x-www-form-urlencoded") || bare.startsWith("multipart/");
  }

  private static Optional<Payload> payload(String type, MediaType mediaType, JsonNode value) {
    String bare = MediaTypes.bare(type);
    if (type.contains("*")) {
      return Optional.empty();
    }
    if (MediaTypes.isJson(type) && mediaType.itemSchema().isEmpty()) {
      return Optional.of(new Payload.Text(type, value.toString()));
    }
    if (isForm(type)) {
      return form(bare, mediaType, value);
    }
    return value.isString()
        ? Optional.of(new Payload.Text(type, value.stringValue()))
        : Optional.empty();
  }

  private static Optional<Payload> form(String bare, MediaType mediaType, JsonNode value) {
    boolean plain =
        value.isObject()
            && value.valueStream().allMatch(member -> !member.isContainer() && !member.isNull())
            && mediaType.encoding().isEmpty();
    if (!plain) {
      return Optional.empty();
    }
    List<Pair> members = new ArrayList<>();
    value.forEachEntry((name, member) -> members.add(new Pair(name, scalar(member))));
    if (bare.equals("multipart/form-data")) {
      return Optional.of(new Payload.Multipart(members));
    }
    return bare.startsWith("multipart/")
        ? Optional.empty()
        : Optional.of(new Payload.Form(members));
  }
}
