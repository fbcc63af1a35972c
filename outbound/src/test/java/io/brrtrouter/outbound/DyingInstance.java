package io.brrtrouter.outbound;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A process that sends a request, and is killed while it waits for the answer. */
final class DyingInstance {
  private DyingInstance() {}

  public static void main(String[] args) throws InterruptedException {
    Duration patience = Duration.ofMinutes(5);
    Deliveries deliveries =
        Deliveries.builder()
            .file(Path.of(args[0]))
            .http(true)
            .allow("127.0.0.1")
            .timeouts(patience, patience, patience)
            .signatures()
            .open();
    deliveries.send(
        Receiver.of(URI.create(args[1])),
        new OutgoingMessage(
            "pet_adopted", "POST", "", List.of(), Optional.empty(), new byte[] {'1'}));
    new CountDownLatch(1).await();
  }
}
