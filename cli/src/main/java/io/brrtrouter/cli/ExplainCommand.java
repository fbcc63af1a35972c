package io.brrtrouter.cli;

import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.server.dispatch.ServedOperation;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.ConfigException;
import io.brrtrouter.server.runtime.SecurityExplanation;
import io.brrtrouter.server.runtime.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says who may call an operation, and what would become of a request. */
@Command(
    name = "explain",
    description = {
      "Say who may call an operation, who verifies it, and what would become of a request.",
      "The request is one without credentials, unless --header, --query or --client-cert brings some.",
      "Nothing is served."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt explain openapi.yaml list_pets                          by operationId or handler",
      "  brrt explain openapi.yaml \"GET /pets\" --config config.yaml   with the providers configured",
      "  brrt explain openapi.yaml list_pets --header \"X-Key: k\"      why is this refused?"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "DOCUMENT",
      description = "An OpenAPI document, YAML or JSON.")
  private Path document = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OPERATION",
      description = "An operationId, a handler, or a method and a path such as \"GET /pets\".")
  private String operation = "";

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
  private @Nullable Path config;

  @Option(
      names = "--header",
      paramLabel = "FIELD",
      description = "A header field of the request, \"X-Key: k\" for example; may be repeated.")
  private List<String> headers = List.of();

  @Option(
      names = "--query",
      paramLabel = "QUERY",
      description = "The query of the request, \"key=k\" for example.")
  private String query = "";

  @Option(
      names = "--client-cert",
      paramLabel = "FILE",
      description =
          "The client's certificate in PEM, with those behind it that it presents; needs no key.")
  private @Nullable Path clientCertificate;

  @Option(
      names = "--dev-security",
      description = "Explain a server that accepts the credentials for development.")
  private boolean developmentSecurity;

  @Mixin private ReadOptions reading = new ReadOptions();

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ServerConfig settings = settings();
    Loaded loaded = Documents.read(document, settings.loadOptions(reading.directories()));
    try (SecurityExplanation explanation = new SecurityExplanation(loaded, settings)) {
      if (!explanation.errors().isEmpty()) {
        throw Documents.refused(
            document,
            Inputs.configuration(Optional.ofNullable(config), console),
            explanation.errors(),
            console);
      }
      ServedOperation served = served(explanation.operations());
      HttpRequest request = request(served);
      console.out().println(served.method() + " " + served.path() + " (" + served.handler() + ")");
      explanation.service(served).ifPresent(console.out()::println);
      explanation.requirements(served).forEach(console.out()::println);
      explanation.surroundings(served).forEach(console.out()::println);
      explanation.judge(request).forEach(console.out()::println);
    }
    return 0;
  }

  private ServedOperation served(List<ServedOperation> operations) {
    return operations.stream()
        .filter(each -> names(each).contains(operation))
        .findFirst()
        .orElseThrow(() -> unknown(operations));
  }

  private static List<String> names(ServedOperation served) {
    List<String> names = new ArrayList<>();
    served.operation().operationId().ifPresent(names::add);
    names.add(OperationExtension.handlerName(served.operation()));
    names.add(served.method() + " " + served.path());
    names.add(served.method() + " " + served.operation().path());
    return names;
  }

  private Failure unknown(List<ServedOperation> operations) {
    List<String> names = operations.stream().flatMap(each -> names(each).stream()).toList();
    return Failure.usage(
        document
            + " has no operation \""
            + operation
            + "\"; "
            + Spelling.nearest(operation, names)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("run \"brrt routes " + document + "\" to see them"));
  }

  private HttpRequest request(ServedOperation served) {
    Headers.Builder fields = Headers.builder();
    for (String field : headers) {
      int colon = field.indexOf(':');
      if (colon < 1) {
        throw Failure.usage("--header takes a name, a colon and a value, not \"" + field + "\"");
      }
      try {
        fields.add(field.substring(0, colon).strip(), field.substring(colon + 1).strip());
      } catch (IllegalArgumentException invalid) {
        throw Failure.usage("--header: " + invalid.getMessage());
      }
    }
    return new HttpRequest(
        Method.of(served.method()),
        served.path() + (query.isEmpty() ? "" : "?" + query),
        "HTTP/1.1",
        fields.build(),
        peer());
  }

  private Peer peer() {
    return new Peer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        clientCertificate != null,
        clientCertificate == null ? List.of() : Inputs.certificates(clientCertificate));
  }

  private ServerConfig settings() {
    Map<String, String> flags =
        developmentSecurity ? Map.of("security.development", "true") : Map.of();
    try {
      return ServerConfig.read(
          Inputs.configuration(Optional.ofNullable(config), console), console.environment(), flags);
    } catch (ConfigException broken) {
      console.err().print(FindingRenderer.text(broken.findings()));
      throw Failure.failed(Documents.UNUSABLE_CONFIGURATION);
    }
  }
}
