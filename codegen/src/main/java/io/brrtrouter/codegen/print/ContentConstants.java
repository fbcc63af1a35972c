package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Binding;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.SchemaCopies;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import io.brrtrouter.schema.View;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prints the constants of a class that writes or reads bodies: their media types, with the codecs
 * and the schemas that they are judged by.
 */
final class ContentConstants {
  private static final int INDENT = 2;

  private final JavaFile file;
  private final TypeText types;
  private final String packageName;
  private final SchemaCopies copies;
  private final List<Origin> schemas;
  private final Set<String> members = new HashSet<>();
  private final Map<Content, String> contents = new HashMap<>();

  /** What the pointers of several schemas begin with; empty where they do not. */
  private final Optional<Repeated> pointer;

  /** The documents that several schemas are in. */
  private final List<Repeated> documents;

  /** A text that is repeated, and the constant that has it. */
  private record Repeated(String text, String name) {}

  /**
   * Begins the constants.
   *
   * @param file where they are printed
   * @param packageName the package of what is the same for every document
   * @param copies the schemas that stand there
   * @param schemas those that the constants name
   * @param begin what the pointers of several of them begin with; empty where they do not
   */
  ContentConstants(
      JavaFile file, String packageName, SchemaCopies copies, List<Origin> schemas, String begin) {
    this.file = file;
    this.types = new TypeText(file);
    this.packageName = packageName;
    this.copies = copies;
    this.schemas = List.copyOf(schemas);
    this.documents = documents();
    this.pointer = pointer(schemas, begin);
  }

  /** {@return the shortest name of a class that is the same for every document} */
  String support(String name) {
    return file.use(packageName + "." + name);
  }

  /** Prints what several schemas have in common. */
  void repeated() {
    documents.forEach(this::repeated);
    pointer.ifPresent(this::repeated);
  }

  private void repeated(Repeated repeated) {
    constant(file.use("java.lang.String"), repeated.name(), word(Literals.string(repeated.text())));
  }

  private List<Repeated> documents() {
    Map<String, Long> counts =
        schemas.stream()
            .collect(
                Collectors.groupingBy(this::resource, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .filter(each -> each.getValue() > 1)
        .map(each -> new Repeated(each.getKey(), take("DOCUMENT")))
        .toList();
  }

  private String resource(Origin schema) {
    return copies.resources().getOrDefault(schema.resource(), "");
  }

  private Optional<Repeated> pointer(List<Origin> all, String begin) {
    long inside = all.stream().filter(each -> each.pointer().startsWith(begin + "/")).count();
    return inside > 1 && !begin.isEmpty()
        ? Optional.of(new Repeated(begin, take("POINTER")))
        : Optional.empty();
  }

  private Piece pointer(String whole) {
    return pointer
        .filter(begin -> whole.startsWith(begin.text() + "/"))
        .map(begin -> {
          String rest = Literals.string(whole.substring(begin.text().length()));
          return group(word(begin.name()), space(4), word("+ " + rest));
        })
        .orElseGet(() -> word(Literals.string(whole)));
  }

  private Piece document(String text) {
    return documents.stream()
        .filter(each -> each.text().equals(text))
        .findFirst()
        .map(each -> word(each.name()))
        .orElseGet(() -> word(Literals.string(text)));
  }

  /** {@return the name of a constant that no other has} */
  String take(String wanted) {
    String free = wanted;
    for (int i = 2; !members.add(free); i++) {
      free = wanted + "_" + i;
    }
    return free;
  }

  /** Prints a constant. */
  void constant(String type, String name, Piece value) {
    file.line(Layout.member(INDENT, "private static final " + type, name, value), word(";"));
  }

  /** Prints the constant of a body in one media type. */
  void constant(Content content, String name) {
    Binding binding = content.binding().orElseThrow();
    contents.put(content, name);
    String type = support("Content");
    Value value = content.item();
    String argument = value.nullable() ? types.nullable(value.type()) : types.boxed(value.type());
    constant(
        type + "<" + argument + ">",
        name,
        call(
            "new " + type + "<>",
            List.of(
                word(Literals.string(content.mediaType())),
                word(instance(binding.codec())),
                word(String.valueOf(binding.isFused())),
                schema(content.schema(), binding.view()))));
  }

  /** {@return the schema that stands somewhere, null where there is none} */
  Piece schema(Optional<Origin> origin, View view) {
    return origin
        .map(schema ->
            call(
                support("Schemas") + ".of",
                List.of(
                    document(resource(schema)),
                    pointer(schema.pointer()),
                    word(file.use("io.brrtrouter.schema.View") + "." + view.name()))))
        .orElseGet(() -> word("null"));
  }

  /** {@return the one instance of a codec} */
  String instance(ClassName codec) {
    return file.use(codec.qualified()) + ".INSTANCE";
  }

  /** {@return the constant of a body, which was printed} */
  String constant(Content content) {
    return Objects.requireNonNull(contents.get(content), "a content has a constant");
  }
}
