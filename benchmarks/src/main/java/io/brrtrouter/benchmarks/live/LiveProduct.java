package io.brrtrouter.benchmarks.live;

import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.download.FileContent;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.stream.Broadcaster;
import io.brrtrouter.server.stream.Event;
import io.brrtrouter.server.websocket.Message;
import io.brrtrouter.server.websocket.WebSocket;
import io.brrtrouter.server.websocket.WebSocketGroup;
import io.brrtrouter.server.websocket.WebSocketOptions;
import io.brrtrouter.server.websocket.WebSockets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** This project with everything that is live. */
public final class LiveProduct {
  private final Path directory;
  private final Path file;
  private final Broadcaster events = Broadcaster.of(0);
  private final WebSocketGroup group = new WebSocketGroup();
  private final CountDownLatch read = new CountDownLatch(1);

  private LiveProduct(Path directory, Path file) {
    this.directory = directory;
    this.file = file;
  }

  /**
   * Serves until the process is ended.
   *
   * @param args a directory to write to, and the file that is sent
   * @throws IOException if it cannot serve
   */
  public static void main(String[] args) throws IOException {
    new LiveProduct(Path.of(args[0]), Path.of(args[1])).serve();
  }

  private void serve() throws IOException {
    Path document = directory.resolve("live.yaml");
    try (InputStream in = LiveProduct.class.getResourceAsStream("live.yaml")) {
      Files.copy(
          java.util.Objects.requireNonNull(in), document, StandardCopyOption.REPLACE_EXISTING);
    }
    BrrtServer server =
        BrrtServer.builder()
            .document(document)
            .config(
                ServerConfig.defaults()
                    .with(
                        Map.of(
                            "port",
                            "0",
                            "http.max_streams",
                            "20000",
                            "http.max_connections",
                            "20000")))
            .handler("raw", this::raw)
            .handler("form", this::form)
            .handler("unread", this::unread)
            .handler("file", _ -> FileContent.respond(200, "application/octet-stream", file))
            .handler("events", events::subscribe)
            .handler("echo", WebSockets.handler(LiveProduct::echo))
            .handler("group", WebSockets.handler(WebSocketOptions.DEFAULT, this::join))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
    System.out.println("port " + server.port());
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      System.out.println(obey(line.split(" ")));
    }
    server.close();
  }

  private Path target() {
    return directory.resolve("received");
  }

  private HttpResponse raw(Request request) throws IOException {
    long length = Files.copy(request.content(), target(), StandardCopyOption.REPLACE_EXISTING);
    return HttpResponse.text(200, String.valueOf(length));
  }

  private HttpResponse form(Request request) throws IOException {
    Part part = request.parts().getFirst();
    try (InputStream octets = part.open()) {
      long length = Files.copy(octets, target(), StandardCopyOption.REPLACE_EXISTING);
      return HttpResponse.text(200, String.valueOf(length));
    }
  }

  /** Reads when it is told to. */
  private HttpResponse unread(Request request) throws IOException, InterruptedException {
    read.await();
    long length = request.content().transferTo(OutputStream.nullOutputStream());
    return HttpResponse.text(200, String.valueOf(length));
  }

  private static void echo(WebSocket socket) throws Exception {
    for (Optional<Message> next = socket.receive(); next.isPresent(); next = socket.receive()) {
      socket.send(next.get());
    }
  }

  private void join(WebSocket socket) throws Exception {
    try (WebSocketGroup.Membership _ = group.join(socket)) {
      socket.receive();
    }
  }

  private String obey(String[] command) {
    return switch (command[0]) {
      case "heap" -> heap();
      case "peak" -> peak();
      case "read" -> {
        read.countDown();
        yield "read";
      }
      case "subscribers" -> String.valueOf(events.subscribers());
      case "members" -> String.valueOf(group.size());
      case "publish" -> {
        String filler = "x".repeat(Integer.parseInt(command[1]));
        yield String.valueOf(events.publish(Event.of(System.nanoTime() + " " + filler)));
      }
      case "tell" -> String.valueOf(group.publish(new Message.Text("@" + System.nanoTime() + " ")));
      default -> throw new IllegalArgumentException(command[0]);
    };
  }

  /** What is in use after a collection, in MiB. */
  private static String heap() {
    System.gc();
    return mib(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  /** The most that was in use since the last time, garbage included, in MiB. */
  private static String peak() {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        peak += pool.getPeakUsage().getUsed();
        pool.resetPeakUsage();
      }
    }
    return mib(peak);
  }

  private static String mib(long octets) {
    return String.format(Locale.ROOT, "%.1f", octets / 1048576.0);
  }
}
