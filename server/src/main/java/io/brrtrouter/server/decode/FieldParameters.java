package io.brrtrouter.server.decode;

import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.RequestViolation.In;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
  private final Column[] columns;
  private final FieldTable table;
  private final int limit;
  private final boolean strict;
  private final SourceLocation source;

  private FieldParameters(Builder builder, int limit, boolean strict, SourceLocation source) {
    this.in = builder.in;
    this.names = builder.plans.stream().map(ParameterPlan::name).toArray(String[]::new);
    this.columns = builder.columns().toArray(Column[]::new);
    this.table = builder.table.build();
    this.limit = limit;
    this.strict = strict;
    this.source = source;
  }

  /** Collects parameters. */
  static final class Builder {
    private final In in;
    private final FieldTable.Builder table;
    private final List<ParameterPlan> plans = new ArrayList<>();
    private final Map<Integer, Placement> seconds = new HashMap<>();

    Builder(In in, FieldTable.Builder table) {
      this.in = in;
      this.table = table;
    }

    void add(ParameterPlan plan, List<Placement> placements) {
      plans.add(plan);
      int first = table.add(plan.name(), placements.getFirst());
      if (placements.size() > 1) {
        seconds.put(first, placements.get(1));
      }
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

    /** The first columns of parameters come first, so that their values need no moving. */
    private List<Column> columns() {
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < plans.size(); i++) {
        ParameterPlan plan = plans.get(i);
        Placement second = seconds.get(i);
        columns.add(new Column(plan, i, second == null ? i : table.add(plan.name(), second)));
      }
      return columns;
    }
  }

  /** Whether there is nothing to look for. */
  boolean isIdle() {
    return names.length == 0 && !strict;
  }

  /** Decodes a query. */
  Parameters query(String target, int start, ViolationList violations) {
    FieldValues fields = fields();
    table.read(target, start, target.length(), fields);
    return settle(fields, name -> raw(List.of(target.substring(start)), name), violations);
  }

  /** Decodes the fields of one or several texts. */
  Parameters all(List<String> texts, ViolationList violations) {
    FieldValues fields = fields();
    for (int i = 0; i < texts.size(); i++) {
      table.read(texts.get(i), fields);
    }
    return settle(fields, name -> raw(texts, name), violations);
  }

  private FieldValues fields() {
    return new FieldValues(table, limit, strict, new JsonNode[table.width()]);
  }

  private Parameters settle(
      FieldValues fields, Function<String, List<String>> texts, ViolationList violations) {
    fields.finish();
    if (fields.isOverflowing()) {
      violations.add(overflow());
      return Parameters.EMPTY;
    }
    for (Flaws.Flaw flaw : fields.nameless()) {
      violations.add(in, "", "", flaw, source);
    }
    @Nullable JsonNode[] values = fields.values();
    for (int i = 0; i < columns.length; i++) {
      Column column = columns[i];
      int read = values[i] == null ? column.second : i;
      values[i] = column.plan.settle(values[read], fields.flaws(read), violations);
    }
    for (String name : fields.undeclared()) {
      violations.add(undeclared(name));
    }
    return new Parameters(names, values, texts, false);
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
