package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.dispatch.RequestViolation.In;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The parameters of a place that holds named fields: a query, the cookies. Immutable. */
final class FieldParameters {

  /**
   * A parameter and the columns it is read from, in the order in which they count: an object or
   * scalar may be sent under its own name or under those of its members.
   */
  private record Column(ParameterPlan plan, int first, int second) {}

  private final In in;
  private final String[] names;
  private final List<Column> columns;
  private final FieldTable table;
  private final int limit;
  private final boolean strict;
  private final SourceLocation source;

  private FieldParameters(Builder builder, int limit, boolean strict, SourceLocation source) {
    this.in = builder.in;
    this.names = builder.columns.stream().map(column -> column.plan.name()).toArray(String[]::new);
    this.columns = List.copyOf(builder.columns);
    this.table = builder.table.build();
    this.limit = limit;
    this.strict = strict;
    this.source = source;
  }

  /** Collects parameters. */
  static final class Builder {
    private final In in;
    private final FieldTable.Builder table;
    private final List<Column> columns = new ArrayList<>();

    Builder(In in, FieldTable.Builder table) {
      this.in = in;
      this.table = table;
    }

    void add(ParameterPlan plan, List<Placement> placements) {
      int first = table.add(plan.name(), placements.getFirst());
      int second = placements.size() > 1 ? table.add(plan.name(), placements.get(1)) : first;
      columns.add(new Column(plan, first, second));
    }

    /**
     * {@return the parameters}
     *
     * @param limit how many fields there may be
     * @param strict whether fields nobody declares are violations
     * @param source where the operation is declared
     */
    FieldParameters build(int limit, boolean strict, SourceLocation source) {
      return new FieldParameters(this, limit, strict, source);
    }
  }

  /** Whether there is nothing to look for. */
  boolean isIdle() {
    return names.length == 0 && !strict;
  }

  /** Decodes the fields of one or several texts. */
  Parameters decode(List<String> texts, ViolationList violations) {
    FieldValues values = new FieldValues(table, limit);
    for (int i = 0; i < texts.size(); i++) {
      table.read(texts.get(i), values);
    }
    values.finish();
    if (values.isOverflowing()) {
      violations.add(overflow());
      return Parameters.EMPTY;
    }
    for (Flaws.Flaw flaw : values.nameless()) {
      violations.add(in, "", "", flaw, source);
    }
    @Nullable JsonNode[] decoded = new JsonNode[names.length];
    for (int i = 0; i < decoded.length; i++) {
      Column column = columns.get(i);
      int read = values.value(column.first) == null ? column.second : column.first;
      decoded[i] = column.plan.settle(values.value(read), values.flaws(read), violations);
    }
    if (strict) {
      values.undeclared().forEach(name -> violations.add(undeclared(name)));
    }
    return new Parameters(names, decoded, name -> raw(texts, name), false);
  }

  private RequestViolation overflow() {
    String message = "has more than " + limit + " fields";
    return new RequestViolation(in, "", "", "limit", message, null, source);
  }

  private RequestViolation undeclared(String name) {
    String message =
        names.length == 0
            ? "is not declared; the operation takes none"
            : "is not declared; declared are " + String.join(", ", names);
    return new RequestViolation(in, name, "", "additionalProperties", message, null, source);
  }

  private List<String> raw(List<String> texts, String name) {
    for (Column column : columns) {
      if (column.plan.name().equals(name)) {
        List<String> raw = new ArrayList<>();
        texts.forEach(text -> raw.addAll(table.texts(text, column.first, column.second)));
        return raw;
      }
    }
    return List.of();
  }
}
