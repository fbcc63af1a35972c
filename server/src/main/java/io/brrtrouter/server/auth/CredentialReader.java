package io.brrtrouter.server.auth;

import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.http.Cookie;
import io.brrtrouter.server.http.HttpRequest;
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
      case "mutualTLS" -> new Certificate();
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
      return fields.size() > 1
          ? Presented.MALFORMED
          : key(fields.isEmpty() ? null : fields.getFirst());
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
          String value = equals < 0 ? null : decoded(pair.substring(equals + 1));
          // Of two nobody knows which counts, so none does.
          found =
              value == null || !(found instanceof Presented.Absent)
                  ? Presented.MALFORMED
                  : key(value);
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
      // Browsers send two cookies of one name, the one of the longer path first (RFC 6265 5.4).
      for (Cookie cookie : Cookie.of(head.headers())) {
        if (cookie.name().equals(name)) {
          return key(cookie.value());
        }
      }
      return Presented.ABSENT;
    }
  }

  /**
   * Credentials in {@code Authorization}.
   *
   * @param scheme the authentication scheme in lower case
   */
  record Authorization(String scheme) implements CredentialReader {
    @Override
    public Presented read(HttpRequest head) {
      List<String> fields = head.headers().all("Authorization");
      if (fields.size() > 1) {
        return Presented.MALFORMED;
      }
      String field = fields.isEmpty() ? "" : fields.getFirst();
      if (!field.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return Presented.ABSENT;
      }
      if (field.length() > scheme.length() && field.charAt(scheme.length()) != ' ') {
        return Presented.ABSENT;
      }
      return parse(field.substring(scheme.length()).strip());
    }

    private Presented parse(String value) {
      return switch (scheme) {
        case "basic" -> basic(value);
        case "bearer" -> bearer(value);
        default ->
            value.isEmpty() ? Presented.MALFORMED : present(new Credential.Other(scheme, value));
      };
    }

    static Presented bearer(String value) {
      return isB64Token(value) ? present(new Credential.Bearer(value)) : Presented.MALFORMED;
    }

    private static Presented basic(String value) {
      try {
        byte[] bytes = Base64.getDecoder().decode(value);
        String pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        int colon = pair.indexOf(':');
        return colon < 0
            ? Presented.MALFORMED
            : present(new Credential.Basic(pair.substring(0, colon), pair.substring(colon + 1)));
      } catch (IllegalArgumentException | CharacterCodingException invalid) {
        return Presented.MALFORMED;
      }
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
        case Presented.Present(Credential.ApiKey(String token)) -> Authorization.bearer(token);
        case Presented other -> other;
      };
    }
  }

  /** The certificate of a client, which TLS has verified. */
  record Certificate() implements CredentialReader {
    @Override
    public Presented read(HttpRequest head) {
      List<X509Certificate> chain = head.peer().certificates();
      return chain.isEmpty() ? Presented.ABSENT : present(new Credential.ClientCertificate(chain));
    }
  }

  /** What no request can present. */
  record Unsatisfiable() implements CredentialReader {
    @Override
    public Presented read(HttpRequest head) {
      return Presented.ABSENT;
    }
  }

  private static Presented key(@Nullable String value) {
    if (value == null) {
      return Presented.ABSENT;
    }
    return value.isEmpty() ? Presented.MALFORMED : present(new Credential.ApiKey(value));
  }

  private static Presented present(Credential credential) {
    return new Presented.Present(credential);
  }
}
