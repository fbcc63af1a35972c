package io.brrtrouter.logging;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that serves, and logs as its environment says: document, then configuration file. */
public final class LoggedServer {
  private static final Logger LOG = LoggerFactory.getLogger("shop.Orders");

  private LoggedServer() {}

  public static void main(String[] args) throws Exception {
    BrrtServer server =
        BrrtServer.builder()
            .document(Path.of(args[0]))
            .config(
                ServerConfig.read(
                    args.length > 1 ? Optional.of(Path.of(args[1])) : Optional.empty(),
                    Map.of(),
                    Map.of("port", "0")))
            .standalone(true)
            .handler(
                "order",
                request -> {
                  LOG.info("ordering {}", request.rawPathParameter("id").orElse(""));
                  LOG.debug("in detail");
                  if (request.path().endsWith("/13")) {
                    throw new IllegalStateException("password=Zq8xW3vKp0LmT7");
                  }
                  return HttpResponse.of(204);
                })
            .start();
    System.out.println("port " + server.port());
    System.out.flush();
    int asked = System.in.read();
    while (asked == 'l') {
      for (int i = 0; i < 1_000; i++) {
        LOG.info("line {} {}", i, "x".repeat(100));
      }
      asked = System.in.read();
    }
    LOG.info("the last line");
    System.exit(3);
  }
}
