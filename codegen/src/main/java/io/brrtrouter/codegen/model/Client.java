package io.brrtrouter.codegen.model;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client needs beyond the operations themselves.
 *
 * @param name the name of its class
 * @param base where the API is, when the document says so by itself
 * @param schemes the security schemes whose credentials are text, in document order
 * @param security for each operation, by its method, the schemes of each alternative that grants
 *     access
 * @param schemas every schema that bodies and header fields of responses lead to
 */
public record Client(
    ClassName name,
    Optional<URI> base,
    List<Scheme> schemes,
    Map<String, List<List<String>>> security,
    SchemaCopies schemas) {

  /** Copies the collections. */
  public Client {
    schemes = List.copyOf(schemes);
    security = Demand.copyOf(security);
    Demand.distinct(schemes.stream().map(Scheme::method), "method");
  }

  /** How a credential is sent. */
  public enum Kind {
    /** A key in a header field. */
    HEADER_KEY,
    /** A key in the query. */
    QUERY_KEY,
    /** A key in a cookie. */
    COOKIE_KEY,
    /** A bearer token, RFC 6750. */
    BEARER,
    /** A name and a password, RFC 7617. */
    BASIC
  }

  /**
   * A security scheme.
   *
   * @param name its name in the document
   * @param method the method of the builder that takes its credential
   * @param kind how it is sent
   * @param parameter the name of the field or cookie that has it; empty where the kind says so
   * @param docs what the document says about it
   */
  public record Scheme(String name, String method, Kind kind, String parameter, Docs docs) {

    /** Refuses what is no identifier. */
    public Scheme {
      Demand.identifier(method);
    }
  }
}
