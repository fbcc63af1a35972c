package io.brrtrouter.codegen.read;

import io.brrtrouter.openapi.source.Pointers;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * Turns the document's names into Java's: the only place that does. Words are split at everything
 * that is no letter or digit and where the case changes; letters of every script stay.
 */
final class Names {
  /** Longer names of classes leave no room for code on a line of 100 columns. */
  private static final int LONGEST_TYPE = 62;

  /**
   * Names of files have at most 255 bytes on most disks, and {@code Union$LongValue$Builder.class}
   * has two names of classes in it.
   */
  private static final int MOST_BYTES = 105;

  /** What generated classes name themselves; a model of that name would hide it. */
  private static final Set<String> RESERVED_TYPES =
      Set.of(
          "ArrayList",
          "BigDecimal",
          "BigInteger",
          "Body",
          "Boolean",
          "Builder",
          "Collections",
          "Deprecated",
          "Double",
          "Exception",
          "Field",
          "FilePart",
          "Float",
          "FunctionalInterface",
          "IllegalArgumentException",
          "Integer",
          "JsonNode",
          "Known",
          "LinkedHashMap",
          "List",
          "LocalDate",
          "Long",
          "Map",
          "Nullable",
          "Object",
          "Objects",
          "OffsetDateTime",
          "Optional",
          "Other",
          "Override",
          "String",
          "URI",
          "UUID");

  /**
   * Methods without parameters that records and interfaces have already, or get from the generator.
   */
  private static final Set<String> RESERVED_MEMBERS =
      Set.of(
          "builder",
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toBuilder",
          "toString",
          "wait",
          // Not a method that can be called without saying whose it is.
          "yield");

  private static final Map<Character, String> SIGNS =
      Map.ofEntries(
          Map.entry('+', "PLUS"),
          Map.entry('-', "MINUS"),
          Map.entry('*', "STAR"),
          Map.entry('/', "SLASH"),
          Map.entry('%', "PERCENT"),
          Map.entry('=', "EQUAL"),
          Map.entry('<', "LESS"),
          Map.entry('>', "GREATER"),
          Map.entry('!', "NOT"),
          Map.entry('&', "AND"),
          Map.entry('|', "OR"),
          Map.entry('.', "DOT"),
          Map.entry(',', "COMMA"),
          Map.entry(':', "COLON"),
          Map.entry(';', "SEMICOLON"),
          Map.entry('?', "QUESTION"),
          Map.entry('#', "HASH"),
          Map.entry('$', "DOLLAR"),
          Map.entry('@', "AT"),
          Map.entry('~', "TILDE"),
          Map.entry('^', "CARET"),
          Map.entry('_', "UNDERSCORE"),
          Map.entry(' ', "SPACE"));

  private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions", "schemas");

  /** What leads from a schema to one inside it, without a name in between. */
  private static final Set<String> INSIDE =
      Set.of(
          "additionalItems",
          "additionalProperties",
          "contains",
          "contentSchema",
          "else",
          "if",
          "items",
          "not",
          "propertyNames",
          "then",
          "unevaluatedItems",
          "unevaluatedProperties");

  private Names() {}

  /** {@return the name of a class: {@code list_pets} gives {@code ListPets}} */
  static String type(String name) {
    StringBuilder out = new StringBuilder();
    for (String word : words(name)) {
      out.append(capital(word));
    }
    String type = identifier(out.isEmpty() ? "Empty" : out.toString());
    return RESERVED_TYPES.contains(type) || SourceVersion.isKeyword(type) ? type + "Value" : type;
  }

  /**
   * {@return the name of a class for a schema that stands where schemas are referred to: the name
   * of its definition, of its entry in a file that lists schemas, or of a file that is one schema;
   * empty elsewhere}
   */
  static String standing(Site site) {
    List<String> tokens = Pointers.tokens(site.pointer);
    int parents = Math.max(0, tokens.size() - 1);
    String parent = parents == 0 ? "" : tokens.get(parents - 1);
    boolean property = parents > 1 && tokens.get(parents - 2).equals("properties");
    boolean listed =
        tokens.size() == 1
            && !INSIDE.contains(tokens.getFirst())
            && !site.resource.root().has("openapi");
    if (listed || (DEFINITIONS.contains(parent) && !property)) {
      return type(tokens.getLast());
    }
    if (!site.pointer.isEmpty() || site.resource.uri().getPath() == null) {
      return "";
    }
    String path = site.resource.uri().getPath();
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.indexOf('.');
    return dot == 0 || file.isEmpty() ? "" : type(dot < 0 ? file : file.substring(0, dot));
  }

  /** {@return the name of a class without the words at its end that make it too long to read} */
  static String shortened(String type) {
    return shortened(type, LONGEST_TYPE);
  }

  /** {@return the name of a class that files of itself and of nested classes can have} */
  static String bounded(String type) {
    return shortened(type, type.length());
  }

  private static String shortened(String type, int characters) {
    int most = Math.min(characters, fitting(type));
    if (type.length() <= most) {
      return type;
    }
    int end = most;
    while (end > 1 && !Character.isUpperCase(type.charAt(end))) {
      end--;
    }
    int hard = Character.isLowSurrogate(type.charAt(most)) ? most - 1 : most;
    return type.substring(0, end > 1 ? end : hard);
  }

  /** How many characters take no more bytes than part of a file's name may. */
  private static int fitting(String type) {
    int bytes = 0;
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      if (bytes > MOST_BYTES) {
        return i;
      }
    }
    return type.length();
  }

  /** {@return the name of a component, parameter or method: {@code X-Rate} gives {@code xRate}} */
  static String member(String name) {
    List<String> words = words(name);
    StringBuilder out = new StringBuilder();
    for (String word : words) {
      out.append(out.isEmpty() ? small(word) : capital(word));
    }
    String member = identifier(out.isEmpty() ? signs(name, true) : out.toString());
    return RESERVED_MEMBERS.contains(member) || SourceVersion.isKeyword(member)
        ? member + "_"
        : member;
  }

  /** {@return the name of an enum constant: {@code inProgress} gives {@code IN_PROGRESS}} */
  static String constant(String value) {
    String name = String.join("_", words(value)).toUpperCase(Locale.ROOT);
    if (name.isEmpty()) {
      name = value.isEmpty() ? "EMPTY" : signs(value, false);
    } else if (value.charAt(0) == '-' || value.charAt(0) == '+') {
      name = SIGNS.get(value.charAt(0)) + "_" + name;
    }
    String constant = identifier(name);
    return SourceVersion.isKeyword(constant) ? constant + "_" : constant;
  }

  /** The names of the signs a value consists of. */
  private static String signs(String value, boolean member) {
    List<String> names = new ArrayList<>();
    value.chars().limit(8).forEach(sign -> names.add(SIGNS.getOrDefault((char) sign, "SIGN")));
    String name = names.isEmpty() ? "EMPTY" : String.join("_", names);
    return member ? name.toLowerCase(Locale.ROOT) : name;
  }

  private static String identifier(String name) {
    return Character.isJavaIdentifierStart(name.codePointAt(0)) ? name : "_" + name;
  }

  /** {@return the words of a name, as they are written} */
  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int[] points = Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      boolean part =
          Character.isLetterOrDigit(points[i])
              || (Character.isJavaIdentifierPart(points[i])
                  && isMark(points[i])
                  && !word.isEmpty());
      if (!part || startsWord(points, i)) {
        flush(word, words);
      }
      if (part) {
        word.appendCodePoint(points[i]);
      }
    }
    flush(word, words);
    return words;
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** Whether a capital begins a word: after a small letter, or before one as in HTTPServer. */
  private static boolean startsWord(int[] points, int i) {
    if (i == 0 || !Character.isUpperCase(points[i])) {
      return false;
    }
    boolean afterSmall = Character.isLowerCase(points[i - 1]);
    boolean beforeSmall =
        Character.isUpperCase(points[i - 1])
            && i + 1 < points.length
            && Character.isLowerCase(points[i + 1]);
    return afterSmall || beforeSmall;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static String capital(String word) {
    int first = word.codePointAt(0);
    return Character.toString(Character.toTitleCase(first))
        + word.substring(Character.charCount(first));
  }

  private static String small(String word) {
    boolean shout = word.codePoints().noneMatch(Character::isLowerCase);
    if (shout) {
      return word.toLowerCase(Locale.ROOT);
    }
    int first = word.codePointAt(0);
    return Character.toString(Character.toLowerCase(first))
        + word.substring(Character.charCount(first));
  }

  /** Names that must differ from each other; the first comer keeps the plain one. */
  static final class Scope {
    private final boolean files;
    private final Set<String> taken = new HashSet<>();

    private Scope(boolean files) {
      this.files = files;
    }

    /** {@return a scope of classes, whose files may meet on a disk that ignores case} */
    static Scope ofFiles() {
      return new Scope(true);
    }

    /** {@return a scope of classes inside of others, whose names they must not have} */
    static Scope inside(String... names) {
      Scope scope = ofFiles();
      for (String name : names) {
        scope.take(name);
      }
      return scope;
    }

    /** {@return a scope of members} */
    static Scope ofMembers() {
      return new Scope(false);
    }

    /** {@return the name itself, or with the least number from 2 that makes it new} */
    String take(String wanted) {
      String name = wanted;
      for (int i = 2; !taken.add(key(name)); i++) {
        name = wanted + (Character.isDigit(wanted.charAt(wanted.length() - 1)) ? "_" : "") + i;
      }
      return name;
    }

    boolean has(String name) {
      return taken.contains(key(name));
    }

    private String key(String name) {
      return files ? name.toLowerCase(Locale.ROOT) : name;
    }
  }
}
