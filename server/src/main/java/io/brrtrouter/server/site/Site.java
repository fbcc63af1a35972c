package io.brrtrouter.server.site;

import io.brrtrouter.server.dispatch.Mount;
import io.brrtrouter.server.download.FileContent;
import io.brrtrouter.server.http.AcceptEncoding;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers with static files. Which they are is asked of the file system each time. */
final class Site implements Mount {
  /** Keep it, but ask each time whether it is still good. */
  private static final String REVALIDATE = "no-cache";

  /** A year, which stands for ever (RFC 8246). */
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final StaticFiles files;
  private final String cacheControl;
  private final List<List<String>> immutable;

  Site(StaticFiles files) {
    this.files = files;
    this.cacheControl =
        files.maxAge().isZero() ? REVALIDATE : "public, max-age=" + files.maxAge().toSeconds();
    this.immutable = files.immutable().stream().map(StaticFiles::names).toList();
  }

  @Override
  public String prefix() {
    return files.prefix();
  }

  @Override
  public Optional<HttpResponse> answer(HttpRequest head, List<String> names) throws IOException {
    if (names.isEmpty()) {
      return Optional.of(toDirectory(lastOf(files.prefix()), head));
    }
    SiteDirectory directory = new SiteDirectory(files.directory().toRealPath());
    boolean slash = names.getLast().isEmpty();
    List<String> path = slash ? names.subList(0, names.size() - 1) : names;
    return switch (directory.find(path)) {
      case Place.Directory _ ->
          slash ? index(directory, path, head) : Optional.of(toDirectory(path.getLast(), head));
      case Place.File file ->
          slash ? Optional.empty() : Optional.of(file(directory, path, file, cache(path), head));
      case Place.Nothing _ -> fallback(directory, path, head);
    };
  }

  private static String lastOf(String prefix) {
    return prefix.substring(prefix.lastIndexOf('/') + 1);
  }

  /** Links of a page are relative to what ends in a slash. Relative, so that it stays here. */
  private static HttpResponse toDirectory(String name, HttpRequest head) {
    String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    int query = head.target().indexOf('?');
    String location = escaped + "/" + (query < 0 ? "" : head.target().substring(query));
    return new HttpResponse(
        307, Headers.of("Location", location, "Cache-Control", REVALIDATE), Body.EMPTY);
  }

  private Optional<HttpResponse> index(SiteDirectory directory, List<String> path, HttpRequest head)
      throws IOException {
    if (files.index().isPresent()) {
      List<String> index = new ArrayList<>(path);
      index.add(files.index().get());
      if (directory.find(index) instanceof Place.File file) {
        return Optional.of(file(directory, index, file, cache(index), head));
      }
    }
    return fallback(directory, path, head);
  }

  /** Whoever asks for a script that is gone must not get a page. */
  private Optional<HttpResponse> fallback(
      SiteDirectory directory, List<String> path, HttpRequest head) throws IOException {
    boolean isOfApplication =
        SiteNames.areServed(path, false)
            && (path.isEmpty() || MediaTypes.of(path.getLast()).isEmpty());
    if (files.fallback().isEmpty() || !isOfApplication) {
      return Optional.empty();
    }
    List<String> page = StaticFiles.names(files.fallback().get());
    return directory.find(page) instanceof Place.File file
        ? Optional.of(file(directory, page, file, REVALIDATE, head))
        : Optional.empty();
  }

  private String cache(List<String> path) {
    for (List<String> kept : immutable) {
      if (path.size() > kept.size() && path.subList(0, kept.size()).equals(kept)) {
        return FOREVER;
      }
    }
    return cacheControl;
  }

  private HttpResponse file(
      SiteDirectory directory, List<String> path, Place.File plain, String cache, HttpRequest head)
      throws IOException {
    Variants variants = Variants.of(directory, path, plain);
    Optional<Variants.Coded> coded = variants.choose(AcceptEncoding.of(head.headers()));
    Headers.Builder headers =
        Headers.builder()
            .add("Content-Type", MediaTypes.of(path.getLast()).orElse(MediaTypes.UNKNOWN))
            .add("Cache-Control", cache)
            .add("Content-Security-Policy", files.contentSecurityPolicy());
    if (!variants.coded().isEmpty()) {
      headers.add("Vary", AcceptEncoding.FIELD);
    }
    coded.ifPresent(chosen -> headers.add("Content-Encoding", chosen.coding()));
    FileContent content = FileContent.of(coded.map(Variants.Coded::file).orElse(plain).path());
    return new HttpResponse(200, headers.build(), new Body.Seekable(content));
  }
}
