package io.brrtrouter.benchmarks.endtoend;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The same exchange on this project: the body is validated, an untyped handler answers it. */
public final class Product {
  private Product() {}

  /**
   * Serves until the process is ended; prints the port first.
   *
   * @param args the mode of the response check, {@code off} or {@code log}; then handlers that
   *     never block
   * @throws IOException if the document cannot be unpacked
   */
  public static void main(String[] args) throws IOException {
    Path document = Files.createTempFile("endtoend", ".yaml");
    try (InputStream in = Product.class.getResourceAsStream("endtoend.yaml")) {
      if (in == null) {
        throw new IllegalStateException("no endtoend.yaml");
      }
      Files.write(document, in.readAllBytes());
      BrrtServer server =
          BrrtServer.builder()
              .document(document)
              .config(ServerConfig.defaults().with("port", "0").with("responses.check", args[0]))
              .handler("addPet", request -> HttpResponse.json(201, request.body().orElseThrow()))
              .neverBlocking(Arrays.copyOfRange(args, 1, args.length))
              .mock(true)
              .output(new PrintStream(OutputStream.nullOutputStream()))
              .start();
      System.out.println("port " + server.port());
    } finally {
      Files.delete(document);
    }
  }
}
