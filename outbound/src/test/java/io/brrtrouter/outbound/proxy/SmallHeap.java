package io.brrtrouter.outbound.proxy;

import java.nio.file.Files;
import java.nio.file.Path;

/** A gateway in a process of its own, with a heap that bodies do not fit in. */
final class SmallHeap {
  private SmallHeap() {}

  /**
   * Serves until its input ends.
   *
   * @param args the URL of the service
   */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("gateway");
    try (Gateway gateway = Gateway.start(directory, Gateway.DOCUMENT, Gateway.config(args[0]))) {
      System.out.println("PORT " + gateway.server.port());
      System.out.flush();
      while (System.in.read() >= 0) {}
    }
  }
}
