package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rules on servers and their variables (OpenAPI 3.1.1 sections 4.8.5 and 4.8.6). With any value
 * that its variables may have, the URL of a server is one (RFC 3986), relative ones included.
 */
final class ServerRules {
  private static final Pattern EXPRESSION = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern PORT = Pattern.compile("[^:]*:([^:]*)");
  private static final int LARGEST_PORT = 65_535;

  private final Session session;
  private final Findings findings;

  ServerRules(Session session) {
    this.session = session;
    this.findings = session.findings;
  }

  void server(LocatedNode server) {
    session.report.add(Feature.SERVER, server.location());
    LocatedNode url = server.member("url");
    if (url == null || !url.node().isString()) {
      return;
    }
    String text = url.node().stringValue();
    boolean once = session.version(url).atLeast(Version.V3_2);
    Set<String> names =
        Templates.names(
            text,
            once ? Templates.Repeats.REFUSED : Templates.Repeats.ALLOWED,
            url.location(),
            findings);
    if (names == null) {
      return;
    }
    variables(server, url, names);
    String plain = filled(text, "", "");
    String flaw = flaw(plain);
    if (!Uris.isAscii(text)) {
      String ascii = Uris.toAscii(text);
      nonAscii(
          url,
          quoted(text) + " is not a URL",
          ascii == null
              ? "write the name of the host in its ASCII form, which begins with xn--"
              : "write " + quoted(ascii));
    } else if (flaw != null) {
      malformed(url, quoted(text) + " is not a URL: " + flaw, flaw);
    } else {
      path(url, plain);
      Nodes.members(server, "variables").stream()
          .filter(variable -> names.contains(variable.key()))
          .forEach(variable -> values(url, variable));
    }
  }

  private void variables(LocatedNode server, LocatedNode url, Set<String> names) {
    Set<String> declared = new HashSet<>();
    for (LocatedNode variable : Nodes.members(server, "variables")) {
      declared.add(variable.key());
      if (!names.contains(variable.key())) {
        findings.warning(
            "server-variable-unused",
            variable.nameLocation(),
            "the URL has no {" + variable.key() + "}",
            "use the variable in \"url\", or remove it");
      }
    }
    for (String name : names) {
      if (!declared.contains(name)) {
        findings.error(
            "server-variable-undefined",
            url.location(),
            "{" + name + "} of the URL is not defined",
            "add it under \"variables\" with a \"default\"");
      }
    }
  }

  /** A value of a variable is wrong if the URL becomes none by it. */
  private void values(LocatedNode url, LocatedNode variable) {
    LocatedNode fallback = variable.member("default");
    List<LocatedNode> values =
        Stream.concat(Stream.ofNullable(fallback), Nodes.items(variable, "enum").stream())
            .filter(value -> value.node().isString())
            .toList();
    Set<String> seen = new HashSet<>();
    for (LocatedNode value : values) {
      if (seen.add(value.node().stringValue())) {
        value(url.node().stringValue(), variable.key(), value);
      }
    }
  }

  private void value(String url, String name, LocatedNode value) {
    String text = value.node().stringValue();
    String made = filled(url, name, text);
    String makes = quoted(text) + " makes " + quoted(made) + " of the URL";
    String flaw = flaw(made);
    if (!Uris.isAscii(text)) {
      nonAscii(value, makes, asciiValue(url, name, made));
    } else if (flaw != null) {
      malformed(value, makes + ": " + flaw, flaw);
    } else if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
      path(value, made);
    }
  }

  /**
   * {@return what to do about a value beyond ASCII}
   *
   * <p>How it is written depends on where in the URL it stands, so the URL is converted, and what
   * then stands in the place of the variable is the value.
   */
  private static String asciiValue(String url, String name, String made) {
    String ascii = Uris.toAscii(made);
    int at = url.indexOf("{" + name + "}");
    String before = filled(url.substring(0, at), "", "");
    String after = filled(url.substring(at + name.length() + 2), "", "");
    return ascii != null
            && ascii.startsWith(before)
            && ascii.endsWith(after)
            && ascii.length() > before.length() + after.length()
        ? "write " + quoted(ascii.substring(before.length(), ascii.length() - after.length()))
        : "choose a value of ASCII characters";
  }

  /** {@return the URL with a value for one variable, and for the others what fits anywhere} */
  private static String filled(String url, String name, String value) {
    return EXPRESSION
        .matcher(url)
        .replaceAll(match -> {
          boolean begins = match.start() == 0;
          String text = match.group(1).equals(name) ? value : begins ? "http" : "1";
          return Matcher.quoteReplacement(text);
        });
  }

  /** {@return why a text is no URL of a server, or null when it is one} */
  private static @Nullable String flaw(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException syntax) {
      String reason = String.valueOf(syntax.getReason());
      String where = syntax.getIndex() < 0 ? "" : ", at character " + (syntax.getIndex() + 1);
      return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1) + where;
    }
    boolean http =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (uri.isOpaque() || (http && uri.getRawAuthority() == null)) {
      return "it names no host";
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    Matcher port = PORT.matcher(authority.substring(authority.lastIndexOf('@') + 1));
    if (port.matches() && !port.group(1).isEmpty()) {
      String digits = port.group(1);
      if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return quoted(digits) + " is not a port";
      }
      if (digits.length() > 5 || Integer.parseInt(digits) > LARGEST_PORT) {
        return "port " + digits + " is larger than " + LARGEST_PORT;
      }
    }
    return null;
  }

  /** A URL is made of ASCII characters (RFC 3986 section 2); others are written in ASCII. */
  private void nonAscii(LocatedNode at, String message, String fix) {
    String text = at.node().stringValue();
    int first = 0;
    while (text.charAt(first) < 0x80) {
      first++;
    }
    int character = text.codePointCount(0, first) + 1;
    findings.error(
        "malformed-server-url",
        at.location(),
        message
            + ": the character "
            + quoted(Character.toString(text.codePointAt(first)))
            + " at "
            + character
            + " is not ASCII",
        fix);
  }

  private void malformed(LocatedNode at, String message, String flaw) {
    findings.error(
        "malformed-server-url",
        at.location(),
        message,
        flaw.startsWith("illegal character")
            ? "percent-encode what a URL cannot contain"
            : "write an absolute URL such as https://example.com/v1, or a path such as /v1");
  }

  /** A URL ends with its path, which begins at the root of the server. */
  private void path(LocatedNode at, String url) {
    URI uri = URI.create(url);
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      boolean must = session.version(at).atLeast(Version.V3_2);
      soft(
          must,
          "malformed-server-url",
          at,
          "the URL of the server has a query or a fragment, and paths are appended to it",
          "end it with the path");
    }
    if ("file".equalsIgnoreCase(uri.getScheme())) {
      malformed(at, quoted(url) + " is the URL of a file, not of a server", "");
    }
    String resolved = URI.create("http://1/").resolve(uri).normalize().getRawPath();
    if (resolved.startsWith("/..")) {
      findings.warning(
          "server-url-above-root",
          at.location(),
          "the path of " + quoted(at.node().stringValue()) + " leads above the root of the server",
          "write a path from the root, such as /v1");
    }
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  void variable(LocatedNode variable) {
    session.report.add(Feature.SERVER_VARIABLE, variable.nameLocation());
    LocatedNode enumeration = variable.member("enum");
    if (enumeration == null || !enumeration.node().isArray()) {
      return;
    }
    boolean must = session.version(variable).atLeast(Version.V3_1);
    if (enumeration.node().isEmpty()) {
      soft(
          must,
          "empty-list",
          enumeration,
          "\"enum\" has no entries",
          "add the allowed values, or remove \"enum\" to allow any");
      return;
    }
    LocatedNode fallback = variable.member("default");
    if (fallback != null
        && fallback.node().isString()
        && !Nodes.texts(variable, "enum").contains(fallback.node().stringValue())) {
      soft(
          must,
          "server-variable-default",
          fallback,
          "the default \"" + fallback.node().stringValue() + "\" is not in \"enum\"",
          "add it to \"enum\", or choose one of "
              + String.join(", ", Nodes.texts(variable, "enum")));
    }
  }

  /** What 3.0 only recommends is a warning there. */
  private void soft(boolean must, String rule, LocatedNode at, String message, String fix) {
    if (must) {
      findings.error(rule, at.location(), message, fix);
    } else {
      findings.warning(rule, at.location(), message, fix);
    }
  }
}
