package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.ContentTooLargeException;
import io.brrtrouter.server.http.HeadDecision.StreamedWork;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.UnreadableContentException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads a body as the path says: {@code /in} to its end, and answers with what it is, or with its
 * length where it is long; {@code /in/wait} begins when the server {@linkplain TestServer#release
 * releases} it, {@code /in/first} goes on then after it has read something; {@code /in/ignore}
 * reads nothing, nor does {@code /in/large}, which answers with much; {@code /in/echo} answers with
 * what it reads while it does; {@code /in/both} reads on two threads, and says when both wait.
 */
record StreamedTestWork(TestServer server, String path) implements StreamedWork {
  private static final int SHOWN = 100;

  @Override
  public HttpResponse proceed(ContentSource content) {
    try {
      return switch (path) {
        case "/in/ignore" -> HttpResponse.text(200, "ignored");
        case "/in/large" -> HttpResponse.text(200, "x".repeat(TestServer.LARGE));
        case "/in/echo" ->
            HttpResponse.of(200)
                .withBody(
                    new Body.Streamed(sink -> echo(content, sink), Body.Streamed.UNKNOWN_LENGTH));
        case "/in/both" -> both(content);
        case "/in/wait" -> {
          server.awaitRelease();
          yield all("", content);
        }
        case "/in/first" -> {
          String first = some(content);
          server.read.add(first);
          server.awaitRelease();
          yield all(first, content);
        }
        default -> all("", content);
      };
    } catch (ContentTooLargeException e) {
      server.read.add(e.getMessage());
      return HttpResponse.text(413, e.getMessage());
    } catch (UnreadableContentException e) {
      server.read.add(e.failure().kind() + " " + e.failure().detail());
      return HttpResponse.text(e.failure().kind().status(), e.failure().detail());
    } catch (IOException e) {
      server.read.add(e.getClass().getSimpleName());
      return HttpResponse.of(500);
    }
  }

  private HttpResponse both(ContentSource content) throws IOException {
    FutureTask<Long> others = new FutureTask<>(() -> length(content));
    awaitWaiting(Thread.ofVirtual().start(others));
    Thread here = Thread.currentThread();
    Thread.ofVirtual()
        .start(() -> {
          awaitWaiting(here);
          server.read.add("both wait");
        });
    long length = length(content);
    try {
      return HttpResponse.text(200, length + others.get() + " octets");
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long length(ContentSource content) throws IOException {
    return content.transferTo(OutputStream.nullOutputStream());
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.yield();
    }
  }

  private static String some(ContentSource content) throws IOException {
    byte[] octets = new byte[1000];
    int length = content.read(octets);
    return length < 0 ? "" : new String(octets, 0, length, ISO_8859_1);
  }

  private static HttpResponse all(String first, ContentSource content) throws IOException {
    StringBuilder all = new StringBuilder(first);
    long length = first.length();
    byte[] octets = new byte[10_000];
    for (int read = content.read(octets); read >= 0; read = content.read(octets)) {
      length += read;
      if (length <= SHOWN) {
        all.append(new String(octets, 0, read, ISO_8859_1));
      }
    }
    return HttpResponse.text(200, length > SHOWN ? length + " octets" : "in " + all);
  }

  private void echo(ContentSource content, ContentSink sink) throws IOException {
    try {
      byte[] octets = new byte[1000];
      for (int read = content.read(octets); read >= 0; read = content.read(octets)) {
        sink.write(octets, 0, read);
        sink.flush();
      }
    } catch (IOException e) {
      server.read.add(e.getClass().getSimpleName());
      throw e;
    }
  }
}
