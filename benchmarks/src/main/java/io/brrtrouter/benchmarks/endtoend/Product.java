package io.brrtrouter.benchmarks.endtoend;

import io.brrtrouter.server.auth.ApiKeyProvider;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The same exchange on this project: the body is validated, an untyped handler answers it. */
public final class Product {
  private Product() {}

  /**
   * Serves until the process is ended; prints the port first.
   *
   * @param args what goes over the sockets, the mode of the response check ({@code off} or {@code
   *     log}), then settings, {@code rate_limit.enabled=true} for example, and operations whose
   *     handlers never block
   * @throws Exception if it cannot serve
   */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("endtoend");
    try {
      ServerConfig config =
          ServerConfig.defaults().with("port", "0").with("responses.check", args[1]);
      if (Wire.of(args[0]) == Wire.TLS) {
        config = encrypted(config, directory);
      }
      List<String> neverBlocking = new ArrayList<>();
      for (String arg : List.of(args).subList(2, args.length)) {
        int equals = arg.indexOf('=');
        if (equals < 0) {
          neverBlocking.add(arg);
        } else {
          config = config.with(arg.substring(0, equals), arg.substring(equals + 1));
        }
      }
      BrrtServer server =
          BrrtServer.builder()
              .document(document(directory))
              .config(config)
              .handler("addPet", Product::add)
              .handler("addPetAsPartner", Product::add)
              .security(
                  "key", ApiKeyProvider.builder().key("partner", EndToEnd.KEY, List.of()).build())
              .neverBlocking(neverBlocking.toArray(String[]::new))
              .mock(true)
              .output(new PrintStream(OutputStream.nullOutputStream()))
              .start();
      System.out.println("port " + server.port());
    } finally {
      remove(directory);
    }
  }

  private static HttpResponse add(Request request) {
    return HttpResponse.json(201, request.body().orElseThrow());
  }

  private static Path document(Path directory) throws IOException {
    try (InputStream in = Product.class.getResourceAsStream("endtoend.yaml")) {
      if (in == null) {
        throw new IllegalStateException("no endtoend.yaml");
      }
      return Files.write(directory.resolve("endtoend.yaml"), in.readAllBytes());
    }
  }

  private static ServerConfig encrypted(ServerConfig config, Path directory) throws Exception {
    X509Bundle certificate = Certificate.make();
    Path chain = directory.resolve("server.pem");
    Path key = directory.resolve("server.key");
    Files.writeString(chain, certificate.getCertificatePathPEM());
    Files.writeString(key, certificate.getPrivateKeyPEM());
    return config.with(
        Map.of(
            "tls.certificate_file",
            chain.toString(),
            "tls.key_file",
            key.toString(),
            "tls.reload_secs",
            "86400"));
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
