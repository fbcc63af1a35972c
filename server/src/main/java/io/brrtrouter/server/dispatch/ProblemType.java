package io.brrtrouter.server.dispatch;

/**
 * The catalogue of problems: every reason for which the server itself answers with an error, each
 * with its one status (RFC 9457 section 3.1). {@code docs/problems.md} explains them to users.
 */
public enum ProblemType {
  /** Broken framing or head: bytes that are no HTTP request. */
  MALFORMED_REQUEST("malformed-request", 400, "Malformed HTTP request"),
  /** The request target has an invalid percent-encoding. */
  INVALID_TARGET("invalid-target", 400, "Invalid request target"),
  /** Parameters or body do not match the document. */
  VALIDATION("validation", 400, "Request does not match the API description"),
  /** The body says it is JSON but is not. */
  MALFORMED_JSON("malformed-json", 400, "Malformed JSON"),
  /** The body cannot be read as its media type says. */
  MALFORMED_BODY("malformed-body", 400, "Malformed request body"),
  /** {@code Prefer} asks for a response or example the document does not have. */
  UNKNOWN_PREFERENCE("unknown-preference", 400, "Unknown preference"),
  /** No credential that satisfies the operation's security requirements. */
  UNAUTHENTICATED("unauthenticated", 401, "Authentication required"),
  /** Credentials are good, but lack a scope or role that the operation requires. */
  INSUFFICIENT_SCOPE("insufficient-scope", 403, "Insufficient scope"),
  /** The request comes from a page of an origin that is not listed. */
  ORIGIN_NOT_ALLOWED("origin-not-allowed", 403, "Origin not allowed by CORS policy"),
  /** A page of a listed origin asks for a method or header field that is not. */
  PREFLIGHT_DENIED("preflight-denied", 403, "CORS preflight request denied"),
  /**
   * Another site forged a request that a browser added a credential to, or asks for what is for
   * this machine only.
   */
  CROSS_SITE_REQUEST("cross-site-request", 403, "Cross-site request refused"),
  /** What is for this machine only was asked for under a name that is not this machine's. */
  HOST_NOT_LOCAL("host-not-local", 403, "For this machine only"),
  /** No path of the document matches. */
  NOT_FOUND("not-found", 404, "Not found"),
  /** The path exists, but not with this method. */
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method not allowed"),
  /** No declared media type of a success satisfies {@code Accept}. */
  NOT_ACCEPTABLE("not-acceptable", 406, "Not acceptable"),
  /** The request did not arrive in time. */
  REQUEST_TIMEOUT("request-timeout", 408, "Request timeout"),
  /** The resource is in another state than the client wants it to be. */
  PRECONDITION_FAILED("precondition-failed", 412, "Precondition failed"),
  /** The body is larger than the operation takes. */
  CONTENT_TOO_LARGE("content-too-large", 413, "Content too large"),
  /** The request target is too long. */
  TARGET_TOO_LONG("target-too-long", 414, "Request target too long"),
  /** The operation takes no body of this media type. */
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "Unsupported media type"),
  /** The body is compressed or otherwise coded. */
  UNSUPPORTED_CONTENT_CODING("unsupported-content-coding", 415, "Unsupported content coding"),
  /** The content has none of the parts that are asked for. */
  RANGE_NOT_SATISFIABLE("range-not-satisfiable", 416, "Range not satisfiable"),
  /** An {@code Expect} other than {@code 100-continue}. */
  EXPECTATION_FAILED("expectation-failed", 417, "Expectation failed"),
  /** An {@code https} URI was asked for on a connection that is not encrypted. */
  MISDIRECTED_REQUEST("misdirected-request", 421, "Misdirected request"),
  /** The operation is a WebSocket, and the request opens none. */
  UPGRADE_REQUIRED("upgrade-required", 426, "Upgrade required"),
  /** The client has asked for more than its rate limit allows. */
  RATE_LIMITED("rate-limited", 429, "Too many requests"),
  /** The header fields are too large or too many. */
  HEADERS_TOO_LARGE("headers-too-large", 431, "Request header fields too large"),
  /** The server, or a handler, failed. */
  INTERNAL_ERROR("internal-error", 500, "Internal server error"),
  /** The handler's response does not match the document and the check enforces it. */
  RESPONSE_CONTRACT("response-contract", 500, "Response does not match the API description"),
  /** A method or transfer coding the server does not know. */
  NOT_IMPLEMENTED("not-implemented", 501, "Not implemented"),
  /** Another service was to answer, and cannot be reached or answered nothing that is right. */
  BAD_GATEWAY("bad-gateway", 502, "Bad gateway"),
  /** Too many requests are in progress. */
  OVERLOADED("overloaded", 503, "Server overloaded"),
  /** Whoever verifies the credentials does not answer at present. */
  CREDENTIALS_UNVERIFIABLE(
      "credentials-unverifiable", 503, "Credentials cannot be verified at present"),
  /** Another service was to answer, and is not asked at present. */
  SERVICE_UNAVAILABLE("service-unavailable", 503, "Service unavailable"),
  /** Another service was to answer, and did not in time. */
  GATEWAY_TIMEOUT("gateway-timeout", 504, "Gateway timeout"),
  /** The handler exceeded its deadline. */
  DEADLINE_EXCEEDED("deadline-exceeded", 504, "Deadline exceeded"),
  /** An HTTP version other than 1.0 and 1.1. */
  VERSION_NOT_SUPPORTED("version-not-supported", 505, "HTTP version not supported");

  /**
   * What stands before the slug in a problem's {@code type} unless configured otherwise: a name
   * that identifies without pretending to be a page.
   */
  public static final String DEFAULT_BASE = "urn:brrtrouter:problem:";

  private final String slug;
  private final int status;
  private final String title;

  ProblemType(String slug, int status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  /** {@return the stable name, in kebab case, that ends the problem's type URI} */
  public String slug() {
    return slug;
  }

  /** {@return the status code} */
  public int status() {
    return status;
  }

  /** {@return the title, the same for every occurrence} */
  public String title() {
    return title;
  }
}
