package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Rest;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Knows which types judge exactly: whose decoders refuse what the schema refuses and nothing else,
 * even what Java cannot hold. Looks within looks are few, because each level of them may cost
 * reading the text once more.
 */
final class Verdicts {
  /** So many looks within a look cost little; more may hide a recursion. */
  private static final int DEEPEST = 2;

  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private final Map<ClassName, Declaration> known = new HashMap<>();

  Verdicts(Collection<Declaration> declarations) {
    declarations.forEach(declaration -> known.put(declaration.name(), declaration));
  }

  /** {@return whether some values, with all they lead to, judge exactly} */
  boolean areExact(List<Value> values) {
    return areExact(values, 0);
  }

  private boolean areExact(List<Value> values, int depth) {
    if (depth > DEEPEST) {
      return false;
    }
    Deque<Value> pending = new ArrayDeque<>(values);
    Set<ClassName> seen = new HashSet<>();
    while (!pending.isEmpty()) {
      Value value = pending.pop();
      if (!isExact(value) || !looks(value.checks(), depth)) {
        return false;
      }
      switch (value.type()) {
        case JavaType.ListOf(var items) -> pending.add(items);
        case JavaType.MapOf(var members) -> pending.add(members);
        case JavaType.Declared(var name) -> {
          if (seen.add(name) && !isExact(Objects.requireNonNull(known.get(name)), pending, depth)) {
            return false;
          }
        }
        case JavaType.JsonText _, JavaType.ItemsOf _ -> {
          return false;
        }
        case JavaType.Simple _, JavaType.Tree _ -> {}
      }
    }
    return true;
  }

  private boolean isExact(Declaration declaration, Deque<Value> pending, int depth) {
    return switch (declaration) {
      case Declaration.ObjectRecord record -> {
        record.components().forEach(component -> pending.add(component.value()));
        if (record.rest() instanceof Rest.Kept(var _, var values)) {
          pending.add(values);
        }
        yield looks(record.checks(), depth);
      }
      case Declaration.Union union -> {
        List<Value> values = union.alternatives().stream().map(each -> each.value()).toList();
        pending.addAll(values);
        yield !(union.tag() instanceof Declaration.Tag.ByTrial) || areExact(values, depth + 1);
      }
      case Declaration.TextEnum text -> !text.open();
    };
  }

  private boolean looks(List<Check> checks, int depth) {
    return checks.stream()
        .allMatch(check ->
            switch (check) {
              case Check.Untyped _ -> false;
              case Check.ByPosition(var _, var values, var others) ->
                  areExact(values, depth + 1) && areExact(others.stream().toList(), depth + 1);
              case Check.Judged judged -> areExact(judged.values(), depth + 1);
              default -> true;
            });
  }

  private static boolean isExact(Value value) {
    return switch (value.type()) {
      case JavaType.Simple(var scalar) when scalar == Scalar.BIG_INTEGER -> false;
      case JavaType.Simple(var scalar) when scalar == Scalar.INTEGER ->
          value.checks().stream().noneMatch(Verdicts::dependsOnSize);
      case JavaType.ListOf(var items) ->
          !items.type().equals(new JavaType.Simple(Scalar.INTEGER))
              || value.checks().stream().noneMatch(Check.UniqueItems.class::isInstance);
      case JavaType.JsonText _, JavaType.ItemsOf _ -> false;
      case JavaType.Simple _, JavaType.Declared _, JavaType.MapOf _, JavaType.Tree _ -> true;
    };
  }

  /** Whether an integer beyond 64 bits may be judged other than the last one within them. */
  private static boolean dependsOnSize(Check check) {
    return switch (check) {
      case Check.MultipleOf _ -> true;
      case Check.Minimum(var _, var bound, var _) -> bound.compareTo(MIN_LONG) <= 0;
      case Check.Maximum(var _, var bound, var _) -> bound.compareTo(MAX_LONG) >= 0;
      case Check.Allowed(var _, var values) ->
          values.stream()
              .filter(value -> value.isNumber())
              .anyMatch(value ->
                  value.decimalValue().compareTo(MIN_LONG) <= 0
                      || value.decimalValue().compareTo(MAX_LONG) >= 0);
      default -> false;
    };
  }
}
