package io.brrtrouter.codegen.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that will be generated from one document.
 *
 * @param packageName the package below which everything is generated
 * @param path the document
 * @param declarations the classes of schemas, components first, in document order
 * @param codecs codecs of bodies that are no declaration, in document order
 * @param operations the operations, in document order
 * @param api the interface of all operations
 * @param unfused bodies and parameters whose decoders cannot decide alone, in document order
 */
public record JavaModel(
    String packageName,
    Path path,
    List<Declaration> declarations,
    List<ValueCodec> codecs,
    List<Operation> operations,
    Api api,
    List<Unfused> unfused) {

  /** Copies the lists; refuses two declarations of one name. */
  public JavaModel {
    declarations = List.copyOf(declarations);
    codecs = List.copyOf(codecs);
    operations = List.copyOf(operations);
    unfused = List.copyOf(unfused);
    Demand.distinct(
        declarations.stream()
            .map(declaration -> declaration.name().qualified().toLowerCase(Locale.ROOT)),
        "class");
  }

  /** {@return the file name of the document} */
  public String document() {
    return String.valueOf(path.getFileName());
  }

  /**
   * {@return the file of a place as the document itself would name it, wherever both lie; empty for
   * places in the document}
   *
   * @param origin the place
   */
  public Optional<String> elsewhere(Origin origin) {
    Path here = path.toAbsolutePath().normalize();
    Path file = Path.of(origin.location().file()).toAbsolutePath().normalize();
    return file.equals(here)
        ? Optional.empty()
        : Optional.of(here.resolveSibling("").relativize(file).toString().replace('\\', '/'));
  }

  /**
   * {@return the codec of a declaration}
   *
   * @param declaration its name
   */
  public ClassName codec(ClassName declaration) {
    return codec(packageName, declaration);
  }

  /**
   * {@return the codec of a declaration}
   *
   * @param packageName the package below which everything is generated
   * @param declaration its name
   */
  public static ClassName codec(String packageName, ClassName declaration) {
    return new ClassName(packageName + ".codec", declaration.simpleName() + "Codec");
  }

  /** {@return the declarations by name} */
  public Map<ClassName, Declaration> byName() {
    return declarations.stream()
        .collect(Collectors.toUnmodifiableMap(Declaration::name, Function.identity()));
  }
}
