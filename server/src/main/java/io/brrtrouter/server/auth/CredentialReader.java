package io.brrtrouter.server.auth;

import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.http.Cookie;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Tokens;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the credential of one security scheme in the head of a request. Immutable. */
sealed interface CredentialReader {

  /**
   * {@return what the request carries for the scheme}
   *
   * @param head the request
   */
  Presented read(HttpRequest head);

  /** {@return whether it finds passwords, which can be guessed, whoever verifies them} */
  default boolean isForPasswords() {
    return false;
  }

  /**
   * {@return the reader of a security scheme}
   *
   * @param scheme the scheme
   * @param provider verifies what is read
   */
  static CredentialReader of(SecurityScheme scheme, SecurityProvider provider) {
    return switch (scheme.type()) {
      case "apiKey" -> apiKey(scheme);
      case "http" -> authorization(scheme.scheme().orElse("").toLowerCase(Locale.ROOT), provider);
      case "oauth2", "openIdConnect" -> authorization("bearer", provider);
      case "mutualTLS" -> Certificate.OF_ANYBODY;
      default -> new Unsatisfiable();
    };
  }

  private static CredentialReader authorization(String scheme, SecurityProvider provider) {
    Authorization field = new Authorization(scheme);
    Optional<String> cookie = scheme.equals("bearer") ? provider.cookieName() : Optional.empty();
    return cookie.<CredentialReader>map(name -> new FieldOrCookie(field, name)).orElse(field);
  }

  private static CredentialReader apiKey(SecurityScheme scheme) {
    String name = scheme.name().orElse("");
    return switch (scheme.in().orElseThrow()) {
      case HEADER -> new HeaderKey(name);
      case QUERY -> new QueryKey(name);
      case COOKIE -> new CookieKey(name);
      case PATH, QUERYSTRING -> new Unsatisfiable();
    };
  }

  /**
   * A key in a header field.
   *
   * @param name the field's name
   */
  record HeaderKey(String name) implements CredentialReader {
    @Override
    public Presented read(HttpRequest head) {
      List<String> fields = head.headers().all(name);
      if (fields.size() > 1) {
        return malformed("the header field " + name + " occurs " + fields.size() + " times");
      }
      return fields.isEmpty()
          ? Presented.ABSENT
          : key(text(fields.getFirst()), "the header field " + name);
    }
  }

  /**
   * A key in the query.
   *
   * @param name the parameter's name
   */
  record QueryKey(String name) implements CredentialReader {
    @Override
    public Presented read(HttpRequest head) {
      Presented found = Presented.ABSENT;
      for (String pair : head.rawQuery().split("&", -1)) {
        int equals = pair.indexOf('=');
        int end = equals < 0 ? pair.length() : equals;
        if (name.equals(decoded(pair.substring(0, end)))) {
          if (!(found instanceof Presented.Absent)) {
            // Of two nobody knows which counts, so none does.
            return malformed("the query parameter " + name + " occurs more than once");
          }
          String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
          found =
              value == null
                  ? malformed("the query parameter " + name + " is not properly percent-encoded")
                  : key(value, "the query parameter " + name);
        }
      }
      return found;
    }

    private static @Nullable String decoded(String raw) {
      try {
        return URLDecoder.decode(raw, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException invalid) {
        return null;
      }
    }
  }

  /**
   * A key in a cookie.
   *
   * @param name the cookie's name
   */
  record CookieKey(String name) implements CredentialReader {
    @Override
    public Presented read(HttpRequest head) {
      // A browser sends several of one name when somebody else may set cookies for the host too,
      // a neighbour in the domain or another path, and nothing tells whose is whose.
      List<Cookie> cookies =
          Cookie.of(head.headers()).stream().filter(each -> each.name().equals(name)).toList();
      if (cookies.size() > 1) {
        return malformed("the cookie " + name + " occurs " + cookies.size() + " times");
      }
      return cookies.isEmpty()
          ? Presented.ABSENT
          : key(text(cookies.getFirst().value()), "the cookie " + name);
    }
  }

  /**
   * Credentials in {@code Authorization}: a scheme, spaces, and what it takes (RFC 9110 section
   * 11.4). What names another scheme is meant for that; what names none is meant for this one.
   *
   * @param scheme the authentication scheme in lower case
   */
  record Authorization(String scheme) implements CredentialReader {
    /** Those that also come without anything behind them, which is no token then. */
    private static final List<String> KNOWN = List.of("basic", "bearer", "digest", "negotiate");

    private static final String TOKEN =
        " is no token, which has letters, digits and -._~+/ only, and = at its end";

    @Override
    public boolean isForPasswords() {
      return scheme.equals("basic");
    }

    @Override
    public Presented read(HttpRequest head) {
      List<String> fields = head.headers().all("Authorization");
      if (fields.isEmpty()) {
        return Presented.ABSENT;
      }
      // The transport lets no second one through; whoever asks in process might have one.
      return fields.size() > 1
          ? malformed("the Authorization field occurs more than once")
          : read(fields.getFirst().strip());
    }

    private Presented read(String field) {
      int space = field.indexOf(' ');
      String named = space < 0 ? field : field.substring(0, space);
      if (named.equalsIgnoreCase(scheme)) {
        String value = field.substring(named.length()).strip();
        return value.isEmpty()
            ? malformed("the Authorization field has nothing after its scheme; " + right())
            : parse(value);
      }
      if (field.isEmpty()) {
        return malformed("the Authorization field is empty; " + right());
      }
      boolean another =
          space < 0 ? KNOWN.contains(named.toLowerCase(Locale.ROOT)) : Tokens.isToken(named);
      return another
          ? new Presented.Absent("the Authorization field names another scheme; " + right())
          : malformed(
              field.indexOf('\t') >= 0
                  ? "the Authorization field has a tab where a space belongs; " + right()
                  : "the Authorization field has no scheme; " + right());
    }

    private String right() {
      return "send: Authorization: "
          + switch (scheme) {
            case "basic" -> "Basic BASE64, the Base64 of user:password";
            case "bearer" -> "Bearer TOKEN";
            default -> scheme + " CREDENTIALS";
          };
    }

    private Presented parse(String value) {
      return switch (scheme) {
        case "basic" -> basic(value);
        case "bearer" -> bearer(value, "what follows Bearer in the Authorization field");
        default -> present(new Credential.Other(scheme, value));
      };
    }

    static Presented bearer(String value, String place) {
      return isB64Token(value)
          ? present(new Credential.Bearer(value))
          : new Presented.Malformed(place + TOKEN, true);
    }

    private Presented basic(String value) {
      try {
        byte[] bytes = Base64.getDecoder().decode(value);
        String pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        int colon = pair.indexOf(':');
        if (colon >= 0) {
          return present(new Credential.Basic(pair.substring(0, colon), pair.substring(colon + 1)));
        }
      } catch (IllegalArgumentException | CharacterCodingException invalid) {
        // Nothing of it may be told.
      }
      return malformed(
          "what follows Basic in the Authorization field does not decode to user:password; "
              + right());
    }

    /** RFC 6750 section 2.1: letters, digits and {@code -._~+/}, then any number of {@code =}. */
    private static boolean isB64Token(String value) {
      int end = value.length();
      while (end > 0 && value.charAt(end - 1) == '=') {
        end--;
      }
      for (int i = 0; i < end; i++) {
        char c = value.charAt(i);
        boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && "-._~+/".indexOf(c) < 0) {
          return false;
        }
      }
      return end > 0;
    }
  }

  /**
   * A bearer token in {@code Authorization}, else in a cookie.
   *
   * @param field reads the header field, which counts whatever the cookie says
   * @param cookie the cookie's name
   */
  record FieldOrCookie(Authorization field, String cookie) implements CredentialReader {
    @Override
    public Presented read(HttpRequest head) {
      Presented presented = field.read(head);
      if (!(presented instanceof Presented.Absent)) {
        return presented;
      }
      return switch (new CookieKey(cookie).read(head)) {
        case Presented.Present(Credential.ApiKey(String token)) ->
            Authorization.bearer(token, "the cookie " + cookie);
        case Presented.Absent _ -> presented;
        case Presented other -> other;
      };
    }
  }

  /**
   * The certificate of a client, which TLS has verified.
   *
   * @param notShown what a client without one is told
   * @param notEncrypted what it is told on a connection that cannot have one
   */
  record Certificate(Presented.Absent notShown, Presented.Absent notEncrypted)
      implements CredentialReader {
    static final Certificate OF_ANYBODY =
        new Certificate(
            new Presented.Absent("present a client certificate in the TLS handshake"),
            new Presented.Absent(
                "this connection is not encrypted; use https, and present a client certificate in"
                    + " the TLS handshake"));

    /** {@return a reader of certificates with which nobody gets in} */
    static Certificate ofNobody(String hint) {
      Presented.Absent absent = new Presented.Absent(hint);
      return new Certificate(absent, absent);
    }

    @Override
    public Presented read(HttpRequest head) {
      List<X509Certificate> chain = head.peer().certificates();
      if (chain.isEmpty()) {
        return head.peer().secure() ? notShown : notEncrypted;
      }
      return present(new Credential.ClientCertificate(chain));
    }
  }

  /** What no request can present. */
  record Unsatisfiable() implements CredentialReader {
    @Override
    public Presented read(HttpRequest head) {
      return Presented.ABSENT;
    }
  }

  /**
   * {@return what the octets of a field value say in UTF-8, each of which came as a character} Keys
   * are kept as UTF-8, so those beyond ASCII are known in fields as they are in a query.
   */
  private static String text(String octets) {
    if (octets.chars().allMatch(c -> c < 0x80)) {
      return octets;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException other) {
      return octets;
    }
  }

  private static Presented key(String value, String place) {
    return value.isEmpty() ? malformed(place + " is empty") : present(new Credential.ApiKey(value));
  }

  private static Presented malformed(String why) {
    return new Presented.Malformed(why, false);
  }

  private static Presented present(Credential credential) {
    return new Presented.Present(credential);
  }
}
