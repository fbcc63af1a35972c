package io.brrtrouter.codegen.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that will be generated from one document.
 *
 * @param packageName the package below which everything is generated
 * @param document what the first line of each file calls the document
 * @param otherFiles the other files it consists of, as places name them, with the names that the
 *     document itself would give them
 * @param declarations the classes of schemas, components first, in document order
 * @param codecs codecs of bodies that are no declaration, in document order
 * @param operations the operations, in document order
 * @param api the interface of all operations
 * @param unfused bodies and parameters whose decoders cannot decide alone, in document order
 * @param senders what the service sends by itself; empty where that is not generated
 * @param shared classes of schemas that are generated from other documents, in their packages
 */
public record JavaModel(
    String packageName,
    String document,
    Map<String, String> otherFiles,
    List<Declaration> declarations,
    List<ValueCodec> codecs,
    List<Operation> operations,
    Api api,
    List<Unfused> unfused,
    Optional<Senders> senders,
    List<Declaration> shared) {

  /** Copies the lists; refuses two declarations of one name. */
  public JavaModel {
    otherFiles = Map.copyOf(otherFiles);
    declarations = List.copyOf(declarations);
    codecs = List.copyOf(codecs);
    operations = List.copyOf(operations);
    unfused = List.copyOf(unfused);
    shared = List.copyOf(shared);
    Demand.distinct(
        Stream.concat(declarations.stream(), shared.stream())
            .map(declaration -> declaration.name().qualified().toLowerCase(Locale.ROOT)),
        "class");
  }

  /**
   * {@return the same, from a document of another name}
   *
   * @param name what the first line of each file calls the document
   */
  public JavaModel from(String name) {
    return new JavaModel(
        packageName,
        name,
        otherFiles,
        declarations,
        codecs,
        operations,
        api,
        unfused,
        senders,
        shared);
  }

  /**
   * {@return the same without some operations}
   *
   * @param handlers names of their handlers
   */
  public JavaModel without(Set<String> handlers) {
    return with(each -> !handlers.contains(each.handlerName()));
  }

  private JavaModel with(Predicate<Operation> kept) {
    return new JavaModel(
        packageName,
        document,
        otherFiles,
        declarations,
        codecs,
        operations.stream().filter(kept).toList(),
        api,
        unfused,
        senders,
        shared);
  }

  /** {@return the same without WebSockets, which no client of requests has a method for} */
  public JavaModel withoutConversations() {
    return with(each -> each.conversation().isEmpty());
  }

  /**
   * {@return the file of a place as the document itself would name it, wherever both lie; empty for
   * places in the document}
   *
   * @param origin the place
   */
  public Optional<String> elsewhere(Origin origin) {
    return Optional.ofNullable(otherFiles.get(origin.location().file()));
  }

  /**
   * {@return the codec of a declaration: in the package beside that of the models}
   *
   * @param declaration its name
   */
  public static ClassName codec(ClassName declaration) {
    String models = declaration.packageName();
    return new ClassName(
        models.substring(0, models.lastIndexOf('.')) + ".codec",
        declaration.simpleName() + "Codec");
  }

  /** {@return the declarations by name, shared ones too} */
  public Map<ClassName, Declaration> byName() {
    return Stream.concat(declarations.stream(), shared.stream())
        .collect(Collectors.toUnmodifiableMap(Declaration::name, Function.identity()));
  }
}
