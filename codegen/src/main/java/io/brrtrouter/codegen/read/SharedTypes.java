package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Types of schemas whose classes are generated from other documents, in packages of their own: as
 * reading those documents alone gave them.
 */
final class SharedTypes {
  private final Map<TypeReader.Key, Value> values = new HashMap<>();
  private final Map<Site, String> named = new HashMap<>();
  private final Map<ClassName, Declaration> declarations = new LinkedHashMap<>();
  private final Map<URI, String> packages = new LinkedHashMap<>();

  /**
   * Adds what reading a document gave.
   *
   * @param document the document's own file; what it refers to has its classes in the package too
   * @param packageName the package below which its code is
   */
  void add(URI document, String packageName, TypeReader types, List<Declaration> own) {
    types.values().forEach(values::putIfAbsent);
    types.named().forEach(named::putIfAbsent);
    own.forEach(declaration -> declarations.put(declaration.name(), declaration));
    packages.put(document, packageName);
  }

  /** {@return the value of schemas that a shared document has read; null when it has not} */
  @Nullable Value value(Group group, View view) {
    return values.get(new TypeReader.Key(group, view));
  }

  /** {@return the name of a schema in its document; empty when it has none} */
  String name(Site site) {
    return named.getOrDefault(site, "");
  }

  /** {@return the class of a name} */
  Optional<Declaration> declaration(ClassName name) {
    return Optional.ofNullable(declarations.get(name));
  }

  /** {@return every class, those of the first document first} */
  List<Declaration> declarations() {
    return List.copyOf(declarations.values());
  }

  /** {@return the package of the schemas in a file, when the file is a shared document} */
  Optional<String> packageOf(URI file) {
    return Optional.ofNullable(packages.get(file));
  }
}
