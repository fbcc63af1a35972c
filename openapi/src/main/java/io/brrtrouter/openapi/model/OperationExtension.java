package io.brrtrouter.openapi.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The extensions of an Operation Object to which this product gives a meaning: how they are called
 * and which values they may have. Whoever reads one asks here, so that reading a document finds
 * every value that serving it would refuse.
 */
public enum OperationExtension {
  /**
   * Most bytes of a request body. Servers have a ceiling on top, which is configured, for bodies
   * that are not {@linkplain #STREAM_BODY streamed}.
   */
  BODY_LIMIT("x-brrtrouter-body-limit", "a number of bytes from 1 to " + Longest.BODY) {
    @Override
    public boolean allows(JsonNode value) {
      return isBetween(1, Longest.BODY, value);
    }
  },

  /** Whether the handler reads the request body while it comes. */
  STREAM_BODY("x-brrtrouter-stream-body", "true or false") {
    @Override
    public boolean allows(JsonNode value) {
      return value.isBoolean();
    }
  },

  /** Milliseconds a handler may take, 0 for any time. */
  DEADLINE("x-brrtrouter-deadline-ms", "a number of milliseconds from 0 to " + Longest.DEADLINE) {
    @Override
    public boolean allows(JsonNode value) {
      return isBetween(0, Longest.DEADLINE, value);
    }
  },

  /** Most requests of the operation at once, between head and response. */
  MAX_IN_FLIGHT(
      "x-brrtrouter-max-in-flight", "a number of requests from 1 to " + Longest.IN_FLIGHT) {
    @Override
    public boolean allows(JsonNode value) {
      return isBetween(1, Longest.IN_FLIGHT, value);
    }
  },

  /** How many requests are worked on at once, see {@link ConcurrencyExtension}, which reads it. */
  CONCURRENCY(
      ConcurrencyExtension.FIELD,
      "adaptive, false, or an object with min, max, class or priority") {
    @Override
    public boolean allows(JsonNode value) {
      return value.isObject()
          || (value.isBoolean() && !value.booleanValue())
          || (value.isString() && value.stringValue().equals(ConcurrencyExtension.ADAPTIVE));
    }
  },

  /** How responses of handlers are checked. */
  RESPONSE_CHECK(
      "x-brrtrouter-response-check",
      "off, log, enforce or sample:RATE with a rate above 0 and at most 1") {
    @Override
    public boolean allows(JsonNode value) {
      return value.isString()
          && (CHECKS.contains(value.stringValue()) || sampleRate(value.stringValue()).isPresent());
    }
  },

  /** What is asked of the authentication behind a token, beside its scopes (RFC 9470). */
  STEP_UP(
      "x-brrtrouter-step-up",
      "an object with acrValues, a list of authentication context classes, maxAge, a number of"
          + " seconds, or both") {
    @Override
    public boolean allows(JsonNode value) {
      return value.isObject()
          && !value.isEmpty()
          && STEP_UP_MEMBERS.containsAll(value.propertyNames())
          && (!value.has("maxAge") || isMaxAge(value.get("maxAge")))
          && (!value.has("acrValues") || areClasses(value.get("acrValues")));
    }
  },

  /** How often each client may ask, see {@link RateLimitExtension}, which reads it. */
  RATE_LIMIT(RateLimitExtension.FIELD, "false, or an object with requests, window, burst or key") {
    @Override
    public boolean allows(JsonNode value) {
      return value.isObject() || (value.isBoolean() && !value.booleanValue());
    }
  },

  /** What pages of other origins may do, see {@link CorsExtension}, which reads it. */
  CORS(
      CorsExtension.FIELD,
      "false, inherit, or an object with allowedHeaders, allowedMethods, allowCredentials,"
          + " exposeHeaders or maxAge") {
    @Override
    public boolean allows(JsonNode value) {
      return value.isObject()
          || (value.isBoolean() && !value.booleanValue())
          || (value.isString() && value.stringValue().equals("inherit"));
    }
  },

  /** Whether the response is a stream of events, see {@link EventStreamExtension}. */
  EVENT_STREAM(EventStreamExtension.FIELD, "true or false") {
    @Override
    public boolean allows(JsonNode value) {
      return value.isBoolean();
    }
  },

  /** That a WebSocket begins here, see {@link WebSocketExtension} and {@link Operation}. */
  WEB_SOCKET(
      WebSocketExtension.FIELD, "true, or an object with subprotocols, fromClient or fromServer") {
    @Override
    public boolean allows(JsonNode value) {
      return value.isObject() || (value.isBoolean() && value.booleanValue());
    }
  },

  /** Which other service answers, see {@link ServiceExtension}, which reads it. */
  SERVICE(
      ServiceExtension.FIELD,
      "the name of a service: small letters, digits, - and _, a letter first, 63 at most") {
    @Override
    public boolean allows(JsonNode value) {
      return value.isString() && ServiceExtension.isName(value.stringValue());
    }
  },

  /** What the paths of that service begin with. */
  SERVICE_BASE_PATH(
      ServiceExtension.BASE_PATH,
      "a path such as /inventory, without slash at the end, parameters and dot segments") {
    @Override
    public boolean allows(JsonNode value) {
      return value.isString() && ServiceExtension.isBasePath(value.stringValue());
    }
  },

  /** The path at which that service has the operation. */
  DOWNSTREAM_PATH(
      ServiceExtension.PATH,
      "a path such as /v2/items/{id}, of path parameters, without query and dot segments") {
    @Override
    public boolean allows(JsonNode value) {
      return value.isString() && ServiceExtension.isPath(value.stringValue());
    }
  };

  /** The most that {@link #BODY_LIMIT} may ask of a server that is not configured otherwise. */
  public static final int DEFAULT_BODY_CEILING = 16 << 20;

  /** What the names of extensions that name an operation's handler begin with. */
  public static final String HANDLER_PREFIX = "x-handler";

  private static final Set<String> STEP_UP_MEMBERS = Set.of("acrValues", "maxAge");
  private static final Set<String> CHECKS = Set.of("off", "log", "enforce");
  private static final String SAMPLE = "sample:";

  private final String field;
  private final String wanted;

  /** Apart, because constants of the enum refer to it. */
  private static final class Longest {
    /** 4 PiB: every reader of JSON takes the number for what it is. */
    static final long BODY = 1L << 52;

    /** A day: a larger deadline is a mistake of units. */
    static final long DEADLINE = 86_400_000;

    /** More than a server can have: such a bound is a mistake. */
    static final long IN_FLIGHT = 1_000_000;
  }

  OperationExtension(String field, String wanted) {
    this.field = field;
    this.wanted = wanted;
  }

  /** {@return the name of the field, for example {@code x-brrtrouter-body-limit}} */
  public String field() {
    return field;
  }

  /** {@return which values it may have, for people} */
  public String wanted() {
    return wanted;
  }

  /**
   * {@return whether it may have a value}
   *
   * @param value the value in the document
   */
  public abstract boolean allows(JsonNode value);

  /**
   * {@return the value in an operation, if there is one it may have}
   *
   * @param operation the operation
   */
  public Optional<JsonNode> of(Operation operation) {
    return Optional.ofNullable(operation.extensions().get(field)).filter(this::allows);
  }

  /**
   * {@return whether the handler of an operation reads the request body while it comes}
   *
   * @param operation the operation
   */
  public static boolean streamsBody(Operation operation) {
    return STREAM_BODY.of(operation).filter(JsonNode::booleanValue).isPresent();
  }

  /**
   * {@return whether a body of {@linkplain #streamsBody such an operation} is taken apart while it
   * comes, and its files stored: a form with a schema; of any other body the handler reads the
   * octets}
   *
   * @param name the media type or range, as the document writes it
   * @param mediaType what it carries
   */
  public static boolean storesFiles(String name, MediaType mediaType) {
    return storesFiles(name, mediaType.schema().isPresent());
  }

  /**
   * {@return the same, of a media type that is not read yet}
   *
   * @param name its name
   * @param described whether it has a schema
   */
  public static boolean storesFiles(String name, boolean described) {
    int end = name.indexOf(';');
    String essence = (end < 0 ? name : name.substring(0, end)).strip();
    return essence.equalsIgnoreCase("multipart/form-data") && described;
  }

  /** {@return the names of all} */
  public static List<String> fields() {
    return Arrays.stream(values()).map(OperationExtension::field).toList();
  }

  /**
   * {@return the handler an operation names: its first {@code x-handler*} extension that is text
   * and not blank; empty when there is none}
   *
   * @param operation the operation
   */
  public static Optional<String> handler(Operation operation) {
    return handler(operation.extensions().entrySet());
  }

  /**
   * {@return the same, of an operation that is not read yet}
   *
   * @param operation the Operation Object
   */
  public static Optional<String> handler(JsonNode operation) {
    return handler(operation.properties());
  }

  private static Optional<String> handler(Set<Map.Entry<String, JsonNode>> members) {
    for (Map.Entry<String, JsonNode> extension : members) {
      if (extension.getKey().startsWith(HANDLER_PREFIX) && namesHandler(extension.getValue())) {
        return Optional.of(extension.getValue().stringValue());
      }
    }
    return Optional.empty();
  }

  /**
   * {@return the name that an operation's handler is registered under: what {@link #handler} says,
   * else the {@code operationId}, else method and path such as {@code GET /pets}}
   *
   * @param operation the operation
   */
  public static String handlerName(Operation operation) {
    return handler(operation)
        .or(operation::operationId)
        .orElseGet(() -> operation.method() + " " + operation.path());
  }

  /**
   * {@return whether a value is the name of a handler}
   *
   * @param value the value of an {@code x-handler*} extension
   */
  public static boolean namesHandler(JsonNode value) {
    return value.isString() && !value.stringValue().isBlank();
  }

  /**
   * {@return the rate in {@code sample:0.1}, above 0 and at most 1; empty for any other text}
   *
   * @param text a way to check responses
   */
  public static OptionalDouble sampleRate(String text) {
    if (!text.startsWith(SAMPLE)) {
      return OptionalDouble.empty();
    }
    try {
      double rate = Double.parseDouble(text.substring(SAMPLE.length()));
      return rate > 0 && rate <= 1 ? OptionalDouble.of(rate) : OptionalDouble.empty();
    } catch (NumberFormatException noNumber) {
      return OptionalDouble.empty();
    }
  }

  /**
   * {@return whether a value is an age that {@link #STEP_UP} can ask for: whole seconds, not
   * negative}
   *
   * @param value the value of its member {@code maxAge}
   */
  public static boolean isMaxAge(JsonNode value) {
    return isBetween(0, Integer.MAX_VALUE, value);
  }

  /**
   * {@return whether a value is an authentication context class that {@link #STEP_UP} can ask for:
   * a name as it stands in a challenge, between spaces and quotes}
   *
   * @param value an element of its member {@code acrValues}
   */
  public static boolean isContextClass(JsonNode value) {
    return value.isString()
        && !value.stringValue().isEmpty()
        && value.stringValue().chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\');
  }

  private static boolean areClasses(JsonNode values) {
    return values.isArray()
        && !values.isEmpty()
        && values.valueStream().allMatch(OperationExtension::isContextClass);
  }

  private static boolean isBetween(long least, long most, JsonNode value) {
    return value.isIntegralNumber()
        && value.canConvertToLong()
        && value.longValue() >= least
        && value.longValue() <= most;
  }
}
