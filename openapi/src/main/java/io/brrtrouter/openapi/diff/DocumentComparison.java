package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.PathItem;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through two documents once. Used once. */
final class DocumentComparison {
  private final OpenApi before;
  private final OpenApi after;
  private final Changes changes;
  private final LocalDate today;
  private final Notes notes;
  private final OperationComparison operations;
  private final CallComparison calls;

  DocumentComparison(
      OpenApi before, OpenApi after, SchemaComparison schemas, Changes changes, LocalDate today) {
    this.before = before;
    this.after = after;
    this.changes = changes;
    this.today = today;
    notes = new Notes(changes);
    ContentComparison contents = new ContentComparison(changes, schemas, notes);
    calls = new CallComparison(changes, contents, notes);
    SecurityComparison security =
        new SecurityComparison(
            before.components().securitySchemes(), after.components().securitySchemes(), changes);
    operations = new OperationComparison(changes, contents, notes, calls, security);
  }

  void compare() {
    paths(before.paths(), after.paths());
    calls.webhooks(before.webhooks(), after.webhooks());
    notes.documents(before, after);
  }

  private void paths(Map<String, PathItem> oldPaths, Map<String, PathItem> newPaths) {
    Map<String, Operation> old = new LinkedHashMap<>();
    Map<String, PathItem> items = new HashMap<>();
    oldPaths.forEach((template, item) -> {
      items.put(Templates.shape(template), item);
      item.operations().forEach(each -> old.put(key(each), each));
    });
    newPaths.forEach((template, item) -> {
      pathItem(items.get(Templates.shape(template)), item);
      item.operations().forEach(each -> operation(old.remove(key(each)), each));
    });
    old.values().forEach(this::removed);
  }

  private void pathItem(@Nullable PathItem old, PathItem now) {
    if (old != null && !old.operations().isEmpty() && !now.operations().isEmpty()) {
      notes.pathItems(new Site(subject(now.operations().getFirst()), "path"), old, now);
    }
  }

  /** Operations are the same ones if method and path are, whatever parameters are called. */
  private static String key(Operation operation) {
    return operation.method() + " " + Templates.shape(operation.path());
  }

  private static String subject(Operation operation) {
    return operation.method() + " " + operation.path();
  }

  private void operation(@Nullable Operation old, Operation now) {
    Site site = new Site(subject(now), "");
    if (old == null) {
      changes.add(
          site, OperationRule.OPERATION_ADDED, null, now.location(), "the operation was added");
    } else {
      operations.compare(site, old, now);
    }
  }

  private void removed(Operation operation) {
    Sunset sunset = Sunset.of(operation);
    changes.add(
        new Site(subject(operation), ""),
        sunset.ruleOfRemoval(operation.deprecated(), today),
        operation.location(),
        null,
        "the operation was removed" + sunset.remark(operation.deprecated()));
  }
}
