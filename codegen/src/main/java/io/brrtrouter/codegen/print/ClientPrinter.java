package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Client;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Operation;
import java.util.List;
import java.util.Set;

/** Prints the class of a client. */
final class ClientPrinter {
  private final Printing printing;
  private final Client client;

  ClientPrinter(Printing printing, Client client) {
    this.printing = printing;
    this.client = client;
  }

  /** {@return the class that has a method for each operation} */
  JavaFile client() {
    String name = client.name().simpleName();
    JavaFile file = new JavaFile(printing, client.name(), Set.of("Builder"));
    String title = Markdown.escape(printing.model().api().title());
    file.docs(
        new Comment()
            .text(
                "A client of "
                    + title
                    + ": a method for each operation, which blocks until the whole response is"
                    + " there. Immutable and thread-safe.")
            .text(
                "A response that the document does not describe is an"
                    + " `UnexpectedResponseException`; any failure to get one is another"
                    + " `IOException`, as with the JDK's client. Redirects are not followed.")
            .text(
                "A reference to a method, `client::name`, is a handler of its operation, so that"
                    + " either can stand in for the other."));
    file.open("public final class " + name + " {");
    String transport = file.use(support("Transport"));
    file.line("private final " + transport + " transport;");
    file.gap();
    file.open("private " + name + "(" + transport + " transport) {");
    file.line("this.transport = transport;");
    file.close();
    file.gap();
    file.docs(new Comment().text("{@return a builder of a client}"));
    file.open("public static Builder builder() {");
    file.line("return new Builder();");
    file.close();
    file.gap();
    withTimeout(file, name);
    printing.model().operations().forEach(operation -> method(file, operation));
    builder(file, name);
    file.close();
    return file;
  }

  private String support(String name) {
    return client.name().packageName() + "." + name;
  }

  private void withTimeout(JavaFile file, String name) {
    file.docs(
        new Comment()
            .text("{@return the same client with another timeout}")
            .param(
                "timeout",
                "the time for a whole exchange, the body included"
                    + (receivesItems()
                        ? "; where the response is items, the time until it begins, and then for how"
                            + " long nothing may come"
                        : "")));
    file.open("public " + name + " withTimeout(" + file.use("java.time.Duration") + " timeout) {");
    file.line("return new " + name + "(transport.withTimeout(timeout));");
    file.close();
  }

  /** Whether there are responses of which items are read while they come. */
  private boolean receivesItems() {
    return printing.model().operations().stream()
        .flatMap(operation -> operation.response().outcomes().stream())
        .flatMap(outcome -> outcome.content().stream())
        .anyMatch(content -> content.kind() == Content.Kind.ITEMS);
  }

  private void method(JavaFile file, Operation operation) {
    String call = file.use(CallPrinter.name(client, operation).qualified());
    file.gap();
    file.docs(
        new Comment()
            .docs(operation.docs(), "")
            .text(Markdown.code(operation.httpMethod() + " " + operation.path()) + "."));
    file.open(
        Layout.method(
            2,
            "public " + file.use(operation.response().name().qualified()),
            operation.methodName(),
            List.of(word(file.use(operation.request().name().qualified()) + " request")),
            file.use("java.io.IOException") + ", " + file.use("java.lang.InterruptedException")),
        word(" {"));
    file.line(word("return "), call(call + ".send", "request", "transport"), word(";"));
    file.close();
  }

  private void builder(JavaFile file, String name) {
    String settings = file.use(support("Settings"));
    String uri = file.use("java.net.URI");
    file.gap();
    file.docs(new Comment().text("Collects what a client is made of. Not thread-safe."));
    file.open("public static final class Builder {");
    file.line("private final " + settings + " settings = new " + settings + "();");
    file.gap();
    if (client.base().isPresent()) {
      file.open("private Builder() {");
      file.line(
          call(
              "settings.baseUri",
              List.of(call(uri + ".create", Literals.string(client.base().get().toString())))),
          word(";"));
      file.close();
    } else {
      file.line("private Builder() {}");
    }
    setter(
        file,
        "Sets where the API is"
            + client
                .base()
                .map(base -> "; " + Markdown.code(base.toString()) + " by default")
                .orElse("; needed, because the document does not say it")
            + ".",
        "baseUri",
        uri + " uri",
        "uri");
    setter(
        file,
        "Sets who sends requests: one for HTTP/2 and HTTP/1.1 by default, which follows no"
            + " redirects.",
        "httpClient",
        file.use("java.net.http.HttpClient") + " client",
        "client");
    setter(
        file,
        "Sets the time for a whole exchange, the body included, at most 365 days; 30 seconds by"
            + " default."
            + (receivesItems()
                ? " Where the response is items, which are read while they come, it is the time until"
                    + " the response begins, and then for how long nothing may come: an item, a part"
                    + " of one, or a heartbeat. Reading throws `java.net.http.HttpTimeoutException`"
                    + " otherwise, and the connection is given up."
                : ""),
        "timeout",
        file.use("java.time.Duration") + " timeout",
        "timeout");
    setter(
        file,
        "Sets the octets that the body of a response may have"
            + (receivesItems() ? ", or each of its items" : "")
            + "; 16 MiB by default.",
        "maxBodySize",
        "int octets",
        "octets");
    setter(
        file,
        "Sets bounds on JSON in responses; those of `JsonLimits.DEFAULT` by default.",
        "jsonLimits",
        file.use("io.brrtrouter.schema.JsonLimits") + " limits",
        "limits");
    setter(
        file,
        "Sets whether bodies are judged by their schemas, those of requests too, and header fields"
            + " of responses; they are by default. Otherwise only what Java cannot do without is"
            + " demanded.",
        "validate",
        "boolean validate",
        "validate");
    setter(
        file,
        "Adds what has the last word on each request, on its header fields for example. May be"
            + " called by several threads at once.",
        "interceptor",
        file.use("java.util.function.Consumer")
            + "<"
            + file.use("java.net.http.HttpRequest")
            + ".Builder> interceptor",
        "interceptor");
    client.schemes().forEach(scheme -> credential(file, scheme));
    file.gap();
    file.docs(new Comment().text("{@return the client}"));
    file.open("public " + name + " build() {");
    file.line("return new " + name + "(settings.transport());");
    file.close();
    file.close();
  }

  private static void setter(
      JavaFile file, String docs, String name, String parameter, String argument) {
    file.gap();
    file.docs(new Comment().text(docs));
    setter(file, name, List.of(parameter), "settings." + name, List.of(argument));
  }

  private static void setter(
      JavaFile file, String name, List<String> parameters, String setting, List<String> arguments) {
    file.open(
        Layout.method(4, "public Builder", name, parameters.stream().map(Layout::word).toList()),
        word(" {"));
    file.line(call(setting, arguments.stream().map(Layout::word).toList()), word(";"));
    file.line("return this;");
    file.close();
  }

  private static void credential(JavaFile file, Client.Scheme scheme) {
    String name = Literals.string(scheme.name());
    String field = Literals.string(scheme.parameter());
    file.gap();
    file.docs(
        new Comment()
            .docs(scheme.docs(), "")
            .text(
                "Sets the credential of "
                    + Markdown.code(scheme.name())
                    + ", which is sent with the operations that ask for it."));
    if (scheme.kind() == Client.Kind.BASIC) {
      String string = file.use("java.lang.String");
      setter(
          file,
          scheme.method(),
          List.of(string + " user", string + " password"),
          "settings.basic",
          List.of(name, "user", "password"));
      return;
    }
    String supplier =
        file.use("java.util.function.Supplier") + "<" + file.use("java.lang.String") + ">";
    String setting =
        switch (scheme.kind()) {
          case HEADER_KEY -> "settings.headerKey";
          case QUERY_KEY -> "settings.queryKey";
          case COOKIE_KEY -> "settings.cookieKey";
          case BEARER, BASIC -> "settings.bearer";
        };
    setter(
        file,
        scheme.method(),
        List.of(supplier + " credential"),
        setting,
        scheme.kind() == Client.Kind.BEARER
            ? List.of(name, "credential")
            : List.of(name, field, "credential"));
  }
}
