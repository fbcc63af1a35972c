package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Api;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Senders;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a loaded document as the model of the code to generate. */
public final class ModelReader {
  private final OpenApi api;
  private final String packageName;
  private final Remarks remarks = new Remarks();
  private final Names.Scope classes = Names.Scope.ofFiles();
  private final TypeReader types;
  private final URI document;
  private final Path path;

  /** The other files of the document by the names that places have, as the document names them. */
  private final Map<String, String> otherFiles;

  private final Set<String> untyped;
  private final boolean sends;
  private final SharedTypes shared;

  private ModelReader(Source source, Choices choices, SharedTypes shared) {
    Loaded loaded = source.document();
    this.api = loaded.api().orElseThrow();
    this.packageName = source.packageName();
    this.shared = shared;
    this.untyped = choices.untyped();
    this.sends = choices.senders();
    this.document = loaded.documents().getFirst().uri();
    this.path = loaded.documents().getFirst().path();
    this.otherFiles = otherFiles(loaded.documents(), path);
    References references = new References(loaded.resources());
    this.types =
        new TypeReader(
            references,
            remarks,
            classes,
            packageName + ".model",
            choices,
            named(references),
            shared);
  }

  /**
   * What the user decides.
   *
   * @param openEnums whether enums keep strings that are not among their values
   * @param exactIntegers whether integers without format and bounds are {@code BigInteger}
   * @param untyped names of the handlers of operations that are left out
   * @param senders whether requests that the service sends by itself are read
   */
  public record Choices(
      boolean openEnums, boolean exactIntegers, Set<String> untyped, boolean senders) {

    /** {@return the same for a document that is shared, with every operation typed} */
    Choices ofShared() {
      return new Choices(openEnums, exactIntegers, Set.of(), false);
    }
  }

  /**
   * A document and where its code is.
   *
   * @param document the document; without errors
   * @param packageName the package below which its code is
   */
  public record Source(Loaded document, String packageName) {

    /** Refuses documents with errors. */
    public Source {
      if (document.hasErrors() || document.api().isEmpty()) {
        throw new IllegalArgumentException("the document has errors");
      }
    }

    private URI file() {
      return document.documents().getFirst().uri();
    }
  }

  /**
   * The model with what could not be read as the document means it.
   *
   * @param model the model
   * @param findings the findings, sorted by place
   */
  public record Reading(JavaModel model, List<Finding> findings) {}

  /**
   * Reads a document.
   *
   * @param source the document
   * @param choices what the user decides; of shared documents it is decided alike
   * @param shared documents whose code is generated elsewhere, each after those it refers to
   * @return the model
   */
  public static Reading read(Source source, Choices choices, List<Source> shared) {
    SharedTypes types = new SharedTypes();
    for (Source each : shared) {
      ModelReader reader = new ModelReader(each, choices.ofShared(), types);
      List<Declaration> declarations = reader.read().model().declarations();
      types.add(each.file(), each.packageName(), reader.types, declarations);
    }
    ModelReader reader = new ModelReader(source, choices, types);
    shared.forEach(each -> reader.expect(source.document(), each));
    return reader.read();
  }

  /** Says that a shared document is none of this one's. */
  private void expect(Loaded loaded, Source other) {
    boolean used = loaded.documents().stream().anyMatch(each -> each.uri().equals(other.file()));
    if (!used) {
      Path where = other.document().documents().getFirst().path().toAbsolutePath().normalize();
      Path from = path.toAbsolutePath().normalize().resolveSibling("");
      remarks.warn(
          "shared-unused",
          new Origin(document, "", new SourceLocation(loaded.files().getFirst().toString(), 1, 1)),
          "nothing here leads to "
              + from.relativize(where).toString().replace('\\', '/')
              + ", which is shared as "
              + other.packageName(),
          "refer to it, or share it no longer");
    }
  }

  /** Names of components come first, so that nothing else can take them. */
  private Map<Site, String> named(References references) {
    Map<Site, String> named = new LinkedHashMap<>();
    api.components()
        .schemas()
        .forEach((name, schema) -> {
          Site site = new Site(schema.resource(), schema.pointer(), schema.node());
          if (!named.containsKey(site)) {
            named.put(site, classes.take(Names.bounded(Names.type(name))));
          }
        });
    for (Map.Entry<Site, String> component : List.copyOf(named.entrySet())) {
      Optional<Site> target = aliased(component.getKey(), references);
      while (target.isPresent() && named.putIfAbsent(target.get(), component.getValue()) == null) {
        target = aliased(target.get(), references);
      }
    }
    return named;
  }

  /** {@return what a schema refers to that is nothing else: it gives its name to that} */
  private static Optional<Site> aliased(Site component, References references) {
    boolean onlyRefers =
        component.node.propertyNames().stream()
            .allMatch(keyword -> keyword.equals("$ref") || Merge.isAnnotation(keyword));
    return onlyRefers && component.node.has("$ref")
        ? references.target(component, "$ref")
        : Optional.empty();
  }

  private Reading read() {
    OperationReader reader =
        new OperationReader(types, packageName + ".api", document, path, sends);
    ClassName apiName = new ClassName(packageName + ".api", classes.take(apiName()));
    var all =
        api.operations().stream()
            .filter(each -> !untyped.contains(OperationExtension.handlerName(each)))
            .filter(each -> !OperationReader.isUndescribed(each))
            .toList();
    List<OperationReader.Naming> namings = all.stream().map(reader::name).toList();
    new FileReader(types).read(withSent(all));
    new EventReader(types).read(all);
    List<Operation> operations = new ArrayList<>();
    for (OperationReader.Naming naming : namings) {
      Operation operation = reader.read(naming);
      if (Limits.fit(operation)) {
        operations.add(operation);
      } else {
        tooLarge(operation);
      }
    }
    components();
    webSockets();
    Optional<Senders> senders = senders();
    List<Declaration> declarations = Interfaces.complete(types.finish());
    List<Declaration> everywhere = new ArrayList<>(declarations);
    everywhere.addAll(shared.declarations());
    Causes causes = new Causes(everywhere);
    operations.forEach(causes::add);
    Docs docs =
        new Docs(api.info().summary().orElse(""), api.info().description().orElse(""), false);
    Bindings bindings = new Bindings(packageName, types.references, declarations, causes);
    List<Operation> bound = operations.stream().map(bindings::bound).toList();
    Optional<Senders> sent =
        senders.map(each ->
            new Senders(
                each.name(), each.sendings().stream().map(bindings::bound).toList(), each.urls()));
    JavaModel model =
        new JavaModel(
            packageName,
            String.valueOf(path.getFileName()),
            otherFiles,
            declarations,
            bindings.codecs(),
            bound,
            new Api(apiName, api.info().title(), docs),
            causes.all(),
            sent,
            shared.declarations());
    return new Reading(model, remarks.sorted());
  }

  private static Map<String, String> otherFiles(List<LocatedDocument> documents, Path path) {
    Path here = path.toAbsolutePath().normalize();
    Map<String, String> others = new HashMap<>();
    for (LocatedDocument document : documents) {
      Path file = document.path().toAbsolutePath().normalize();
      if (!file.equals(here)) {
        String name = here.resolveSibling("").relativize(file).toString().replace('\\', '/');
        others.put(document.name(), name);
      }
    }
    return others;
  }

  private void tooLarge(Operation operation) {
    remarks.warn(
        "operation-too-large",
        operation.origin(),
        "the operation has more parameters or header fields than a Java record can have and is left"
            + " out",
        "register a handler of plain requests for \"" + operation.handlerName() + "\"");
  }

  private String apiName() {
    String title = Names.bounded(Names.type(api.info().title()));
    return title.regionMatches(true, Math.max(0, title.length() - 3), "api", 0, 3)
            && title.length() > 3
        ? title.substring(0, title.length() - 3) + "Api"
        : title + "Api";
  }

  /**
   * Components that no operation leads to are read as answers. Where there is no operation at all,
   * others send them too, and have a class for that as well.
   */
  private void components() {
    types.settle();
    components(View.RESPONSE);
    if (api.operations().isEmpty()) {
      components(View.REQUEST);
    }
  }

  private void components(View view) {
    for (Map.Entry<String, Schema> entry : api.components().schemas().entrySet()) {
      Site site = Site.of(entry.getValue());
      if (view == View.REQUEST || !types.isRead(site)) {
        types.value(site, Hint.named(Names.type(entry.getKey())), view);
        types.settle();
      }
    }
  }

  /** A WebSocket of which nothing is described has no types. */
  private void webSockets() {
    api.operations().stream()
        .filter(OperationReader::isUndescribed)
        .filter(each -> !untyped.contains(OperationExtension.handlerName(each)))
        .forEach(each ->
            remarks.warn(
                "websockets-not-generated",
                new Origin(document, "", each.location()),
                "the WebSocket of %s %s is not generated: nothing is said of its messages"
                    .formatted(each.method(), each.path()),
                "describe them with fromClient or fromServer, or register what WebSockets.handler"
                    + " makes for \""
                    + OperationExtension.handlerName(each)
                    + "\""));
  }

  /** What is sent comes last, so that everything else is the same with and without it. */
  private Optional<Senders> senders() {
    if (!sends) {
      SenderReader.leftOut(api, document, remarks);
      return Optional.empty();
    }
    String name = apiName();
    return Optional.of(
        new SenderReader(types, api, packageName + ".sender", document, path)
            .read(name.substring(0, name.length() - "Api".length())));
  }

  private List<io.brrtrouter.openapi.model.Operation> withSent(
      List<io.brrtrouter.openapi.model.Operation> received) {
    if (!sends) {
      return received;
    }
    List<io.brrtrouter.openapi.model.Operation> all = new ArrayList<>(received);
    all.addAll(SenderReader.operations(api));
    return all;
  }
}
