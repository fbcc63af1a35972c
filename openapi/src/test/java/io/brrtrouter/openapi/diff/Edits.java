package io.brrtrouter.openapi.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.Pointers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of {@code diff/edits.txt} and {@code diff/real-edits.txt}: what is changed in a
 * document, and what must be told. In the latter, for documents of services that there are, the
 * places too: the line of the old document, and a pointer into the new one, after what stands there
 * if it is not what changed itself.
 */
final class Edits {
  static final LocalDate TODAY = LocalDate.of(2029, 6, 1);
  static final Path RESOURCES = Path.of("src/test/resources/diff");
  static final List<Path> FILES =
      List.of(RESOURCES.resolve("edits.txt"), RESOURCES.resolve("real-edits.txt"));

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DATA = "data:";
  private static final String REAL = DATA + "real/";
  private static final Map<Path, Loaded> LOADED = new HashMap<>();

  private Edits() {}

  /** One edit: its title, the document, the operations, the changes to be told, their places. */
  record Edit(
      String title,
      String document,
      List<String> operations,
      List<String> expected,
      List<String> places) {
    /** {@return whether the document is that of a service that there is} */
    boolean isReal() {
      return document.startsWith(REAL);
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** What is told of an edit, and the document after it. */
  record Outcome(List<Change> changes, LocatedDocument after) {
    /** {@return where a change is told, in the words of the edits with places} */
    String places(Change change, String expected) {
      String pointer = expected.substring(expected.indexOf('/', expected.indexOf(" | ")));
      int line = after.locate(pointer.equals("/") ? "" : pointer).line();
      String place = words(change.after());
      return words(change.before())
          + " | "
          + (place.endsWith(" " + line) || place.equals(Integer.toString(line))
              ? place.substring(0, place.lastIndexOf(' ') + 1) + pointer
              : place + ", not " + line);
    }

    private static String words(ChangeLocation location) {
      return location.parent().map(parent -> parent + " ").orElse("") + location.location().line();
    }
  }

  static List<Edit> all() {
    return FILES.stream().flatMap(file -> all(file).stream()).toList();
  }

  private static List<Edit> all(Path file) {
    List<Edit> edits = new ArrayList<>();
    String document = "";
    for (String block : read(file).split("\n\n+")) {
      String title = "";
      List<String> operations = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      List<String> places = new ArrayList<>();
      for (String line : block.split("\n")) {
        if (line.startsWith("# ")) {
          title = line.substring(2);
        } else if (line.startsWith("in ")) {
          document = line.substring(3);
        } else if (line.startsWith("> ")) {
          expected.add(line.substring(2));
        } else if (line.startsWith("@ ")) {
          places.add(line.substring(2));
        } else if (!line.isBlank()) {
          operations.add(line);
        }
      }
      if (!operations.isEmpty()) {
        edits.add(new Edit(title, document, operations, expected, places));
      }
    }
    return edits;
  }

  /** {@return what is told of an edit} */
  static Outcome outcome(Edit edit, Path directory) {
    Path path = path(edit.document());
    Loaded before = LOADED.computeIfAbsent(path, Edits::load);
    ObjectNode root = (ObjectNode) before.documents().getFirst().root().deepCopy();
    edit.operations().forEach(operation -> apply(operation, root));
    Loaded after = load(write(directory.resolve("after.json"), root.toPrettyString()));
    return new Outcome(
        DocumentDiff.between(before, after, TODAY).changes(), after.documents().getFirst());
  }

  static Path path(String document) {
    if (!document.startsWith(DATA)) {
      return RESOURCES.resolve(document);
    }
    return data(document.substring(DATA.length()));
  }

  /**
   * {@return test data written by others; skips the test without it, fails it if BRRT_DATA promises
   * it}
   */
  static Path data(String name) {
    Path path = Path.of(System.getProperty("brrt.data", "../../shared/data")).resolve(name);
    if (System.getenv("BRRT_DATA") != null) {
      assertThat(path).as("BRRT_DATA is set, so the data must be there").exists();
    }
    assumeTrue(Files.exists(path), () -> "test data is missing: " + path);
    return path;
  }

  static Loaded load(Path document) {
    Loaded loaded = OpenApiLoader.load(document, LoadOptions.defaults());
    assertThat(loaded.hasErrors()).as(() -> loaded.findings().toString()).isFalse();
    return loaded;
  }

  static Loaded load(Path directory, String name, String text) {
    return load(write(directory.resolve(name), text));
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void apply(String operation, ObjectNode root) {
    String[] words = operation.split(" ", 3);
    switch (words[0]) {
      case "set" -> set(root, words[1], JSON.readTree(words[2]));
      case "remove" -> remove(root, words[1]);
      case "move" -> {
        JsonNode moved = find(root, words[1]);
        remove(root, words[1]);
        set(root, words[2], moved);
      }
      case "copy" -> set(root, words[2], find(root, words[1]).deepCopy());
      default -> throw new IllegalArgumentException(operation);
    }
  }

  private static JsonNode find(JsonNode root, String pointer) {
    JsonNode found = root.at(pointer);
    assertThat(found.isMissingNode()).as(pointer + " points to nothing").isFalse();
    return found;
  }

  private static void remove(ObjectNode root, String pointer) {
    JsonNode parent = find(root, pointer.substring(0, pointer.lastIndexOf('/')));
    find(root, pointer);
    String last = Pointers.tokens(pointer).getLast();
    if (parent instanceof ArrayNode array) {
      array.remove(Integer.parseInt(last));
    } else {
      ((ObjectNode) parent).remove(last);
    }
  }

  /** Members on the way that are not there are made. */
  private static void set(ObjectNode root, String pointer, JsonNode value) {
    List<String> tokens = Pointers.tokens(pointer);
    JsonNode at = root;
    for (String token : tokens.subList(0, tokens.size() - 1)) {
      JsonNode next = at.isArray() ? at.get(Integer.parseInt(token)) : at.get(token);
      if (next == null && at instanceof ObjectNode object) {
        next = JsonNodeFactory.instance.objectNode();
        object.set(token, next);
      }
      at = Objects.requireNonNull(next, pointer);
    }
    switch (at) {
      case ArrayNode array when tokens.getLast().equals("-") -> array.add(value);
      case ArrayNode array -> array.set(Integer.parseInt(tokens.getLast()), value);
      case ObjectNode object -> object.set(tokens.getLast(), value);
      default -> throw new IllegalArgumentException(pointer);
    }
  }
}
