package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Client;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.codegen.model.SchemaCopies;
import io.brrtrouter.codegen.model.Senders;
import io.brrtrouter.codegen.model.Stubs;
import io.brrtrouter.codegen.model.Unhandled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints a model as source files, text by path. */
public final class Printer {
  private static final String MAIN = "src/main/java/";
  private static final String TEST = "src/test/java/";

  private Printer() {}

  /**
   * {@return the classes of the schemas}
   *
   * @param model the model
   */
  public static Map<String, String> models(JavaModel model) {
    Map<String, String> files = new LinkedHashMap<>();
    ModelPrinter printer = new ModelPrinter(Printing.of(model));
    for (Declaration declaration : model.declarations()) {
      add(printer.print(declaration), files);
    }
    if (!files.isEmpty()) {
      packageInfo(
          model, model.packageName() + ".model", "Values of the document's schemas.", files);
    }
    return files;
  }

  /**
   * {@return the codecs of schemas and bodies}
   *
   * @param model the model
   */
  public static Map<String, String> codecs(JavaModel model) {
    Map<String, String> files = new LinkedHashMap<>();
    CodecPrinter printer = new CodecPrinter(Printing.of(model));
    model.declarations().forEach(each -> add(printer.print(each), files));
    model.codecs().forEach(each -> add(printer.print(each), files));
    if (!files.isEmpty()) {
      packageInfo(
          model,
          model.packageName() + ".codec",
          "Reads and writes the values of the document's schemas as JSON.",
          files);
    }
    return files;
  }

  /**
   * {@return requests, responses, handlers and the interface of all operations}
   *
   * @param model the model
   */
  public static Map<String, String> handlers(JavaModel model) {
    Map<String, String> files = new LinkedHashMap<>();
    OperationPrinter printer = new OperationPrinter(Printing.of(model));
    for (Operation operation : model.operations()) {
      printer.print(operation).forEach(file -> add(file, files));
    }
    add(printer.api(), files);
    packageInfo(
        model,
        model.packageName() + ".api",
        "Operations: requests, responses and the handlers to implement.",
        files);
    return files;
  }

  /**
   * {@return the name of the class that registers handlers with a server}
   *
   * @param model the model
   */
  public static ClassName serverName(JavaModel model) {
    return ServerPrinter.server(Printing.of(model));
  }

  /**
   * {@return what registers handlers with a server}
   *
   * @param model the model
   */
  public static Map<String, String> server(JavaModel model) {
    Map<String, String> files = new LinkedHashMap<>();
    Printing printing = Printing.of(model);
    ServerPrinter printer = new ServerPrinter(printing);
    model.operations().forEach(each -> add(printer.print(each), files));
    add(printer.server(), files);
    packageInfo(
        model, ServerPrinter.packageName(printing), "Registers handlers with a server.", files);
    return files;
  }

  /**
   * {@return a client of all operations}
   *
   * @param model the model
   * @param client what the client needs beyond it
   * @param unchanging the sources of classes that are the same but for their package, by name
   */
  public static Map<String, String> client(
      JavaModel model, Client client, Map<String, String> unchanging) {
    Printing printing = Printing.of(model.withoutConversations());
    String packageName = client.name().packageName();
    Map<String, String> files = new LinkedHashMap<>();
    unchanging(model, packageName, unchanging, files);
    for (Operation each : printing.model().operations()) {
      add(new CallPrinter(printing, client, each).print(), files);
    }
    add(new ClientPrinter(printing, client).client(), files);
    new SchemasPrinter(printing, packageName, client.schemas())
        .print()
        .forEach(file -> add(file, files));
    packageInfo(model, packageName, "Asks for the document's operations.", files);
    return files;
  }

  /**
   * {@return what sends the requests of webhooks and callbacks; nothing where the document has
   * none}
   *
   * @param model the model
   * @param copies the schemas that bodies are judged by
   * @param unchanging the sources of classes that are the same but for their package, by name
   */
  public static Map<String, String> senders(
      JavaModel model, SchemaCopies copies, Map<String, String> unchanging) {
    Map<String, String> files = new LinkedHashMap<>();
    Optional<Senders> senders = model.senders().filter(each -> !each.isEmpty());
    if (senders.isEmpty()) {
      return files;
    }
    Printing printing = Printing.of(model);
    String packageName = senders.get().name().packageName();
    SenderPrinter printer = new SenderPrinter(printing, senders.get(), copies);
    if (!senders.get().sendings().isEmpty()) {
      unchanging(model, packageName, unchanging, files);
      new SchemasPrinter(printing, packageName, copies).print().forEach(file -> add(file, files));
    }
    senders.get().sendings().stream()
        .flatMap(each -> printer.print(each).stream())
        .forEach(file -> add(file, files));
    add(printer.senders(), files);
    packageInfo(
        model, packageName, "Sends the requests of the document's webhooks and callbacks.", files);
    return files;
  }

  private static void unchanging(
      JavaModel model, String packageName, Map<String, String> sources, Map<String, String> files) {
    sources.forEach((name, source) ->
        files.put(
            new ClassName(packageName, name).qualified().replace('.', '/') + ".java",
            FirstLine.of(model.document())
                + "\n"
                + source.replaceFirst("package [^;]*;", "package " + packageName + ";")));
  }

  /**
   * {@return a client in TypeScript}
   *
   * @param model the model
   * @param client what the client needs beyond it
   * @param unchanging the source of the module that is the same for every document
   */
  public static Map<String, String> typeScript(JavaModel model, Client client, String unchanging) {
    return new TypeScriptPrinter(Printing.of(model.withoutConversations()), client)
        .files(unchanging);
  }

  /**
   * {@return the sources a project begins with, by path in the project}
   *
   * @param model the model
   * @param stubs the classes
   * @param document the path of the document in the project
   * @param elsewhere directories beside the document's that it refers to
   */
  public static Map<String, String> project(
      JavaModel model, Stubs stubs, String document, List<String> elsewhere) {
    Map<String, String> files = new LinkedHashMap<>();
    StubPrinter printer = new StubPrinter(Printing.of(model), stubs);
    owned(MAIN, printer.application(document, elsewhere), files);
    owned(MAIN, printer.handlers(), files);
    for (Stubs.Group group : stubs.groups()) {
      owned(MAIN, printer.stubs(group), files);
      if (group.samples().stream().anyMatch(printer::isTested)) {
        owned(TEST, printer.test(group, document), files);
      }
    }
    String name = model.packageName();
    files.put(
        MAIN + name.replace('.', '/') + "/package-info.java",
        "/// Handlers of "
            + Markdown.escape(model.api().title()).replaceAll("\\s+", " ")
            + ", and what starts them.\n@NullMarked\npackage "
            + name
            + ";\n\nimport org.jspecify.annotations.NullMarked;\n");
    return files;
  }

  /**
   * {@return the source of a stub that is for one operation only}
   *
   * @param model the model
   * @param operation the operation
   */
  public static String stub(JavaModel model, Unhandled operation) {
    return new UnhandledPrinter(Printing.of(model)).single(operation).ownedText();
  }

  /**
   * {@return the source of a class with a method for each operation of a group, which an annotation
   * names}
   *
   * @param model the model
   * @param group the operations
   * @param visible whether other packages name the class
   */
  public static String marked(JavaModel model, Unhandled.Group group, boolean visible) {
    return new UnhandledPrinter(Printing.of(model)).marked(group, visible).ownedText();
  }

  /**
   * {@return a method of such a class}
   *
   * @param model the model
   * @param operation the operation
   * @param name the name of the class
   */
  public static Snippet markedMethod(JavaModel model, Unhandled operation, ClassName name) {
    return new UnhandledPrinter(Printing.of(model)).method(operation, name);
  }

  /**
   * {@return a literal of a string}
   *
   * @param text the string
   */
  public static String literal(String text) {
    return Literals.string(text);
  }

  /**
   * {@return the operations that no test asks, because no request or no answer was found}
   *
   * @param model the model
   * @param stubs the classes
   */
  public static List<Operation> untested(JavaModel model, Stubs stubs) {
    StubPrinter printer = new StubPrinter(Printing.of(model), stubs);
    return stubs.groups().stream()
        .flatMap(group -> group.samples().stream())
        .filter(sample -> !printer.isTested(sample))
        .map(Sample::operation)
        .toList();
  }

  private static void owned(String directory, JavaFile file, Map<String, String> files) {
    files.put(directory + file.path(), file.ownedText());
  }

  private static void add(JavaFile file, Map<String, String> files) {
    files.put(file.path(), file.text());
  }

  private static void packageInfo(
      JavaModel model, String name, String docs, Map<String, String> files) {
    files.put(
        name.replace('.', '/') + "/package-info.java",
        FirstLine.of(model.document())
            + "\n/// "
            + docs
            + "\n@NullMarked\npackage "
            + name
            + ";\n\nimport org.jspecify.annotations.NullMarked;\n");
  }
}
