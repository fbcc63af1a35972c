package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What answers {@code GET} and {@code HEAD} for all paths below a prefix, where neither the
 * document nor a built-in endpoint has the path: files, for example. Content of a request is
 * ignored. Safe for use by many threads.
 */
public interface Mount {

  /** {@return what its paths begin with: {@code /} for all, or {@code /app} for example} */
  String prefix();

  /**
   * Answers with the whole of what is at a path; conditions and ranges of the request are applied
   * to that. Runs on a virtual thread, may block, and is called again when the content cannot be
   * opened.
   *
   * @param head a {@code GET} or {@code HEAD} request
   * @param names the segments of the path behind the prefix, percent-decoded, so they may have any
   *     character: none for the prefix itself, and the last one is empty behind a slash
   * @return the response, empty if there is nothing
   * @throws IOException if nobody can tell
   */
  Optional<HttpResponse> answer(HttpRequest head, List<String> names) throws IOException;
}
