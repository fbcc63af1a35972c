package io.brrtrouter.server.runtime;

import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Swagger UI with everything it needs from the class path, so that it works without the internet
 * and under a strict Content Security Policy. Only the files named here are served.
 */
final class SwaggerUi {
  private static final String PROPERTIES = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final String FILES = "META-INF/resources/webjars/swagger-ui/";

  /**
   * Scripts, styles and requests to this server only. Swagger UI draws its arrows and logos with
   * data URLs.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Files of the library the page asks for. */
  private static final List<String> LIBRARY =
      List.of("swagger-ui.css", "index.css", "swagger-ui-bundle.js", "favicon-32x32.png");

  private SwaggerUi() {}

  /**
   * {@return the page and its files by path}
   *
   * @param path where the page is; its files are below
   * @param title the page's title
   * @param document answers with the document as Swagger UI is to have it, in JSON
   */
  static Map<String, Endpoint> at(String path, String title, Endpoint document) {
    String version = version();
    Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    Endpoint page = page(path, title);
    endpoints.put(path, page);
    endpoints.put(path + "/", page);
    endpoints.put(path + "/openapi.json", document);
    endpoints.put(path + "/initializer.js", own("docs.js", own("docs.js")));
    for (String file : LIBRARY) {
      endpoints.put(path + "/" + file, library(file, version));
    }
    return endpoints;
  }

  private static Endpoint page(String path, String title) {
    String html =
        new String(own("docs.html"), StandardCharsets.UTF_8)
            .replace("@DOCS@", path)
            .replace("@TITLE@", escape(title));
    return own("docs.html", html.getBytes(StandardCharsets.UTF_8));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static Endpoint own(String file, byte[] content) {
    Headers headers =
        Headers.of("Content-Security-Policy", POLICY, "Referrer-Policy", "no-referrer");
    return StaticContent.of(mediaType(file), Lazy.made(content), StaticContent.REVALIDATE, headers);
  }

  private static Endpoint library(String file, String version) {
    Supplier<byte[]> content = () -> library(FILES + version + "/" + file);
    return StaticContent.of(mediaType(file), content, version, StaticContent.KEEP, Headers.empty());
  }

  private static String mediaType(String file) {
    return switch (file.substring(file.lastIndexOf('.'))) {
      case ".html" -> "text/html; charset=utf-8";
      case ".css" -> "text/css; charset=utf-8";
      case ".js" -> "text/javascript; charset=utf-8";
      default -> "image/png";
    };
  }

  private static byte[] own(String file) {
    return read(SwaggerUi.class.getResource(file), file);
  }

  private static byte[] library(String resource) {
    // The loader, not the class: on a module path the library is another module.
    return read(SwaggerUi.class.getClassLoader().getResource(resource), resource);
  }

  private static byte[] read(@Nullable URL place, String name) {
    if (place == null) {
      throw new IllegalStateException("the class path has no " + name);
    }
    try (InputStream in = place.openStream()) {
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String version() {
    Properties properties = new Properties();
    try {
      properties.load(new ByteArrayInputStream(library(PROPERTIES)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return properties.getProperty("version");
  }
}
