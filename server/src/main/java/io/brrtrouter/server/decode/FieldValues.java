package io.brrtrouter.server.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The columns of a {@link FieldTable} while a text is read. Belongs to one request. */
final class FieldValues implements FieldTable.Sink {
  private final FieldTable table;
  private final int limit;
  private final @Nullable JsonNode[] values;
  private final Flaws current = new Flaws();

  /** By column; made at the first flaw. */
  private Flaws @Nullable [] flaws;

  private @Nullable List<String> undeclared;
  private @Nullable List<Flaws.Flaw> nameless;
  private int fields;

  /** Whether names nobody asks for are of interest. */
  private final boolean strict;

  /**
   * Begins with empty columns.
   *
   * @param table the fields that are wanted
   * @param limit how many fields a text may have
   */
  FieldValues(FieldTable table, int limit) {
    this(table, limit, false, new JsonNode[table.width()]);
  }

  /**
   * Begins with empty columns.
   *
   * @param table the fields that are wanted
   * @param limit how many fields a text may have
   * @param strict whether to keep the names of fields nobody wants
   * @param values takes the values, at least as many as there are columns
   */
  FieldValues(FieldTable table, int limit, boolean strict, @Nullable JsonNode[] values) {
    this.table = table;
    this.limit = limit;
    this.strict = strict;
    this.values = values;
  }

  @Override
  public boolean count() {
    return ++fields <= limit;
  }

  @Override
  public void accept(int column, String key, String raw, int field, int start, int end) {
    values[column] = table.column(column).accept(values[column], key, raw, start, end, current);
    keepFlaws(column);
  }

  @Override
  public void flawed(String raw, int start, int end) {
    current.addEncoding("the name of a field", table.percent(), raw, start, end);
    keepNameless();
  }

  @Override
  public void undeclared(String name, int nameStart, int nameEnd, String raw, int start, int end) {
    if (strict) {
      undeclared = undeclared == null ? new ArrayList<>(2) : undeclared;
      undeclared.add(name.substring(nameStart, nameEnd));
    }
    if (table.percent().flaw(raw, start, end) >= 0) {
      current.addEncoding("the value of a field", table.percent(), raw, start, end);
      keepNameless();
    }
  }

  private void keepNameless() {
    nameless = nameless == null ? new ArrayList<>(2) : nameless;
    nameless.addAll(current.drain());
  }

  private void keepFlaws(int column) {
    if (current.size() == 0) {
      return;
    }
    if (flaws == null) {
      flaws = new Flaws[values.length];
      Arrays.setAll(flaws, any -> new Flaws());
    }
    current.moveTo(flaws[column]);
  }

  /** Completes every column that has something. */
  void finish() {
    for (int column = 0; column < values.length; column++) {
      JsonNode collected = values[column];
      if (collected != null) {
        values[column] = table.column(column).finish(collected, current);
        keepFlaws(column);
      }
    }
  }

  /** {@return whether there were more fields than allowed; reading ended there} */
  boolean isOverflowing() {
    return fields > limit;
  }

  /** {@return the value of a column, null if no field was sent for it} */
  @Nullable JsonNode value(int column) {
    return values[column];
  }

  /** {@return the values of all columns, to be completed by whoever began} */
  @Nullable JsonNode[] values() {
    return values;
  }

  /** {@return what is wrong with the value of a column, told once} */
  List<Flaws.Flaw> flaws(int column) {
    return flaws == null ? List.of() : flaws[column].drain();
  }

  /** {@return what is wrong with fields that belong to no value} */
  List<Flaws.Flaw> nameless() {
    return nameless == null ? List.of() : nameless;
  }

  /** {@return the names of fields that belong to no value, if they are of interest} */
  List<String> undeclared() {
    return undeclared == null ? List.of() : undeclared;
  }
}
