package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Parameter;
import io.brrtrouter.codegen.model.Rest;
import io.brrtrouter.codegen.model.Unfusable;
import io.brrtrouter.codegen.model.Unfused;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.schema.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the bodies and parameters that lead to something generated code does not check. */
final class Causes {
  private final Map<ClassName, Set<Unfusable>> own = new HashMap<>();
  private final Map<ClassName, Set<ClassName>> used = new HashMap<>();
  private final Set<ClassName> clean = new HashSet<>();
  private final Verdicts verdicts;
  private final List<Unfused> unfused = new ArrayList<>();

  Causes(Collection<Declaration> declarations) {
    verdicts = new Verdicts(declarations);
    Map<ClassName, List<ClassName>> users = new HashMap<>();
    for (Declaration declaration : declarations) {
      Set<Unfusable> causes = new LinkedHashSet<>();
      Set<ClassName> names = new LinkedHashSet<>();
      switch (declaration) {
        case Declaration.ObjectRecord record -> {
          causes.addAll(record.unfusable());
          look(record.checks(), causes, names);
          record.components().forEach(component -> look(component.value(), causes, names));
          if (record.rest() instanceof Rest.Kept(var _, var values)) {
            look(values, causes, names);
          }
        }
        case Declaration.Union union -> {
          causes.addAll(union.unfusable());
          if (union.tag() instanceof Declaration.Tag.ByTrial(var exactlyOne, var _)) {
            List<Value> values = union.alternatives().stream().map(each -> each.value()).toList();
            String keyword = exactlyOne ? "oneOf" : "anyOf";
            judged(new Check.Alternatives(union.origin(), keyword, values, false), causes, names);
          }
          union.alternatives().forEach(each -> look(each.value(), causes, names));
        }
        case Declaration.TextEnum _ -> {}
      }
      own.put(declaration.name(), causes);
      used.put(declaration.name(), names);
      names.forEach(
          name -> users.computeIfAbsent(name, any -> new ArrayList<>()).add(declaration.name()));
    }
    clean.addAll(own.keySet());
    Deque<ClassName> pending = new ArrayDeque<>();
    own.forEach((name, causes) -> {
      if (!causes.isEmpty()) {
        pending.add(name);
      }
    });
    while (!pending.isEmpty()) {
      ClassName name = pending.pop();
      if (clean.remove(name)) {
        pending.addAll(users.getOrDefault(name, List.of()));
      }
    }
  }

  private void look(Value value, Set<Unfusable> causes, Set<ClassName> names) {
    causes.addAll(value.unfusable());
    look(value.checks(), causes, names);
    switch (value.type()) {
      case JavaType.Declared(var name) -> names.add(name);
      case JavaType.ListOf(var items) -> look(items, causes, names);
      case JavaType.MapOf(var values) -> look(values, causes, names);
      case JavaType.ItemsOf(var items) -> look(items, causes, names);
      case JavaType.JsonText(var json) -> {
        look(json, causes, names);
        causes.add(new Unfusable("contentSchema", "a schema of JSON within a text", json.origin()));
      }
      case JavaType.Simple _, JavaType.Tree _ -> {}
    }
  }

  private void look(List<Check> checks, Set<Unfusable> causes, Set<ClassName> names) {
    for (Check check : checks) {
      if (check instanceof Check.Judged judged) {
        judged(judged, causes, names);
      }
    }
  }

  private void judged(Check.Judged judged, Set<Unfusable> causes, Set<ClassName> names) {
    List<Value> values = new ArrayList<>(judged.values());
    if (judged instanceof Check.ByPosition(var _, var _, var others)) {
      others.ifPresent(values::add);
    }
    values.forEach(value -> look(value, causes, names));
    if (!verdicts.areExact(values)) {
      causes.add(
          new Unfusable(
              judged.keyword(),
              "values that Java types cannot hold, or a second look within one",
              judged.origin()));
    }
  }

  /** Adds what cannot be fused in an operation. */
  void add(Operation operation) {
    for (Parameter parameter : operation.request().parameters()) {
      Component component = parameter.component();
      add(
          parameter.in().word()
              + " parameter "
              + component.property()
              + " of "
              + operation.methodName(),
          component.value(),
          View.REQUEST);
    }
    operation
        .request()
        .body()
        .ifPresent(body ->
            body.contents()
                .forEach(content -> add("request body", content, operation, View.REQUEST)));
    for (Operation.Outcome outcome : operation.response().outcomes()) {
      outcome
          .content()
          .ifPresent(
              content -> add("response body " + outcome.name(), content, operation, View.RESPONSE));
    }
  }

  private void add(String use, Content content, Operation operation, View view) {
    add(
        use + " of " + operation.methodName() + " (" + content.mediaType() + ")",
        content.value(),
        view);
  }

  private void add(String use, Value value, View view) {
    List<Unfusable> causes = of(value);
    if (!causes.isEmpty()) {
      unfused.add(new Unfused(use, value.origin(), view, causes));
    }
  }

  /** {@return every constraint of a value that generated code does not check} */
  List<Unfusable> of(Value value) {
    Set<Unfusable> causes = new LinkedHashSet<>();
    Set<ClassName> names = new LinkedHashSet<>();
    look(value, causes, names);
    Deque<ClassName> pending = new ArrayDeque<>(names);
    Set<ClassName> seen = new HashSet<>(names);
    while (!pending.isEmpty()) {
      ClassName name = pending.remove();
      if (!clean.contains(name)) {
        causes.addAll(own.getOrDefault(name, Set.of()));
        for (ClassName next : used.getOrDefault(name, Set.of())) {
          if (seen.add(next)) {
            pending.add(next);
          }
        }
      }
    }
    return List.copyOf(causes);
  }

  List<Unfused> all() {
    return unfused;
  }
}
