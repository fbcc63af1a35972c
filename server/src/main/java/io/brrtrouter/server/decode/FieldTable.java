package io.brrtrouter.server.decode;

import io.brrtrouter.server.http.Cookie;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields a query, a form or a cookie header may have, found by name in one pass over the raw
 * text. Each value has a column. Immutable.
 */
final class FieldTable {

  /**
   * Where a field goes.
   *
   * @param column the column of the value
   * @param key the member of the value, {@code ""} for the value itself
   */
  private record Target(int column, String key) {}

  private final List<FieldDecoder> columns;
  private final NameTable<Target> names;

  /** Columns by the name before the first bracket. */
  private final NameTable<Target> brackets;

  /** The column of names nobody else claims, -1 without one. */
  private final int freeForm;

  private final Percent percent;
  private final char separator;

  private FieldTable(Builder builder) {
    columns = List.copyOf(builder.columns);
    names = NameTable.of(builder.names);
    brackets = NameTable.of(builder.brackets);
    freeForm = builder.freeForm;
    percent = builder.percent;
    separator = builder.separator;
  }

  /** Collects columns. Names that were added first win. */
  static final class Builder {
    private final List<FieldDecoder> columns = new ArrayList<>();
    private final Map<String, Target> names = new LinkedHashMap<>();
    private final Map<String, Target> brackets = new LinkedHashMap<>();
    private final List<Runnable> members = new ArrayList<>();
    private final Percent percent;
    private final char separator;
    private int freeForm = -1;

    /**
     * Begins a table.
     *
     * @param percent how names are written
     * @param separator what stands between fields
     */
    Builder(Percent percent, char separator) {
      this.percent = percent;
      this.separator = separator;
    }

    /** Adds a value under the names of its placement; {@return its column} */
    int add(String name, Placement placement) {
      int column = columns.size();
      columns.add(placement.decoder());
      switch (placement.kind()) {
        case OWN_NAME -> names.putIfAbsent(name, new Target(column, ""));
        case BRACKETS -> brackets.putIfAbsent(name, new Target(column, ""));
        case MEMBERS -> members.add(() -> addMembers(column, placement));
      }
      return column;
    }

    private void addMembers(int column, Placement placement) {
      for (String member : placement.members()) {
        names.putIfAbsent(member, new Target(column, member));
      }
      if (placement.freeForm() && freeForm < 0) {
        freeForm = column;
      }
    }

    FieldTable build() {
      members.forEach(Runnable::run); // after the own names, which are more particular
      return new FieldTable(this);
    }
  }

  /** {@return the number of columns} */
  int width() {
    return columns.size();
  }

  /** Takes the fields of a text. */
  interface Sink {
    /** {@return whether one more field is allowed} */
    boolean count();

    /**
     * Takes a field of a column.
     *
     * @param column the column
     * @param key the member of the value, {@code ""} for the value itself
     * @param raw the text
     * @param field where the field begins
     * @param start where its value begins
     * @param end where it ends
     */
    void accept(int column, String key, String raw, int field, int start, int end);

    /** Takes a field whose name is not percent-encoded UTF-8. */
    void flawed(String raw, int start, int end);

    /** Takes a field nobody asks for; its name is a part of a text too. */
    void undeclared(String name, int nameStart, int nameEnd, String raw, int start, int end);
  }

  /** Gives the fields of a raw text to a sink, in order. */
  void read(String raw, Sink sink) {
    read(raw, 0, raw.length(), sink);
  }

  /** Gives the fields of a part of a raw text to a sink, in order. */
  void read(String raw, int begin, int finish, Sink sink) {
    if (separator == ';') {
      Cookie.read(
          raw,
          (from, nameEnd, start, end) -> {
            boolean counted = sink.count();
            if (counted) {
              field(raw, from, nameEnd, start, end, sink);
            }
            return counted;
          });
      return;
    }
    int from = begin;
    while (from < finish) {
      int next = raw.indexOf(separator, from, finish);
      int end = next < 0 ? finish : next;
      if (from < end) {
        if (!sink.count()) {
          return;
        }
        int equals = Separator.EQUALS.find(raw, from, end);
        field(raw, from, equals, Math.min(equals + 1, end), end, sink);
      }
      from = end + 1;
    }
  }

  private void field(String raw, int start, int nameEnd, int value, int end, Sink sink) {
    if (percent.isPlain(raw, start, nameEnd)) {
      if (!place(raw, start, nameEnd, raw, start, value, end, sink)) {
        sink.undeclared(raw, start, nameEnd, raw, value, end);
      }
      return;
    }
    String name = percent.decode(raw, start, nameEnd);
    if (name == null) {
      sink.flawed(raw, start, nameEnd);
    } else if (!place(name, 0, name.length(), raw, start, value, end, sink)) {
      sink.undeclared(name, 0, name.length(), raw, value, end);
    }
  }

  /** {@return the column that wants a field of that name, or -1} */
  int columnOf(String name) {
    int bracket = brackets.isEmpty() ? -1 : name.indexOf('[');
    Target target = names.find(name, 0, name.length());
    if (target == null && bracket >= 0) {
      target = brackets.find(name, 0, bracket);
    }
    return target == null ? freeForm : target.column;
  }

  /** Gives a field that is a whole text to a sink; {@return whether a column wants it} */
  boolean offer(String name, String text, Sink sink) {
    return place(name, 0, name.length(), text, 0, 0, text.length(), sink);
  }

  /** The name is given apart: it stands in the text only if it needs no decoding. */
  private boolean place(
      String name,
      int nameStart,
      int nameEnd,
      String raw,
      int field,
      int start,
      int end,
      Sink sink) {
    Target target = names.find(name, nameStart, nameEnd);
    if (target != null) {
      sink.accept(target.column, target.key, raw, field, start, end);
      return true;
    }
    int bracket = brackets.isEmpty() ? -1 : name.indexOf('[', nameStart);
    target = bracket < 0 || bracket >= nameEnd ? null : brackets.find(name, nameStart, bracket);
    if (target != null) {
      sink.accept(target.column, name.substring(bracket, nameEnd), raw, field, start, end);
    } else if (freeForm >= 0) {
      sink.accept(freeForm, name.substring(nameStart, nameEnd), raw, field, start, end);
    } else {
      return false;
    }
    return true;
  }

  /** {@return the decoder of a column} */
  FieldDecoder column(int column) {
    return columns.get(column);
  }

  /** {@return how names are written} */
  Percent percent() {
    return percent;
  }

  /**
   * {@return what a text holds for two columns, which may be the same, still encoded: the texts of
   * fields with the value's own name, whole fields where their names are those of members}
   */
  List<String> texts(String raw, int first, int second) {
    List<String> texts = new ArrayList<>();
    read(
        raw,
        new Sink() {
          @Override
          public boolean count() {
            return true;
          }

          @Override
          public void accept(int column, String key, String text, int field, int start, int end) {
            if (column == first || column == second) {
              texts.add(text.substring(key.isEmpty() ? start : field, end));
            }
          }

          @Override
          public void flawed(String text, int start, int end) {
            // belongs to no column
          }

          @Override
          public void undeclared(
              String name, int nameStart, int nameEnd, String text, int start, int end) {
            // belongs to no column
          }
        });
    return texts;
  }
}
