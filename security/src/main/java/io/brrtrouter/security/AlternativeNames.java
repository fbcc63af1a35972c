package io.brrtrouter.security;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Alternative names of certificates (RFC 5280 section 4.2.1.6) as text: {@code dns:}, {@code uri:}
 * and {@code email:} and the name. Other kinds of names are left out.
 */
final class AlternativeNames {
  static final String URI = "uri:";
  private static final String DNS = "dns:";
  private static final String EMAIL = "email:";

  private AlternativeNames() {}

  /** {@return the names of a certificate, in its order} */
  static List<String> of(X509Certificate certificate) throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    List<String> names = new ArrayList<>();
    if (all != null) {
      for (List<?> name : all) {
        String prefix =
            switch ((Integer) name.getFirst()) {
              case 1 -> EMAIL;
              case 2 -> DNS;
              case 6 -> URI;
              default -> "";
            };
        if (!prefix.isEmpty()) {
          names.add(comparable(prefix + name.get(1)));
        }
      }
    }
    return names;
  }

  /** {@return a name as it is compared: capitals of host names do not count} */
  static String comparable(String name) {
    return name.startsWith(DNS) ? name.toLowerCase(Locale.ROOT) : name;
  }

  static boolean isUri(String name) {
    return name.startsWith(URI);
  }

  /** {@return whether a text is such a name} */
  static boolean isOne(String text) {
    int colon = text.indexOf(':') + 1;
    String prefix = text.substring(0, colon);
    return colon < text.length() && List.of(DNS, URI, EMAIL).contains(prefix);
  }
}
