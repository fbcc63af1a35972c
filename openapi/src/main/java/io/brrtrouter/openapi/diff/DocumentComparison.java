package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.PathItem;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through two documents once. Used once. */
final class DocumentComparison {
  private final Changes changes = new Changes();
  private final Notes notes = new Notes(changes);
  private final LocalDate today;
  private final OperationComparison operations;
  private final CallComparison calls;

  DocumentComparison(Loaded before, Loaded after, OpenApi oldApi, OpenApi newApi, LocalDate today) {
    this.today = today;
    SchemaComparison schemas =
        new SchemaComparison(
            new Schemas(before.resources()), new Schemas(after.resources()), changes);
    ContentComparison contents = new ContentComparison(changes, schemas, notes);
    calls = new CallComparison(changes, contents, notes);
    operations =
        new OperationComparison(
            changes,
            contents,
            notes,
            calls,
            new SecurityComparison(
                oldApi.components().securitySchemes(),
                newApi.components().securitySchemes(),
                changes));
  }

  List<Change> changes(OpenApi before, OpenApi after) {
    paths(before.paths(), after.paths());
    calls.webhooks(before.webhooks(), after.webhooks());
    notes.documents(before, after);
    return changes.list();
  }

  private void paths(Map<String, PathItem> before, Map<String, PathItem> after) {
    Map<String, Operation> old = new LinkedHashMap<>();
    Map<String, PathItem> items = new HashMap<>();
    before.forEach((template, item) -> {
      items.put(Templates.shape(template), item);
      item.operations().forEach(each -> old.put(key(each), each));
    });
    after.forEach((template, item) -> {
      pathItem(items.get(Templates.shape(template)), item);
      item.operations().forEach(each -> operation(old.remove(key(each)), each));
    });
    old.values().forEach(this::removed);
  }

  private void pathItem(@Nullable PathItem before, PathItem after) {
    if (before != null && !before.operations().isEmpty() && !after.operations().isEmpty()) {
      notes.pathItems(new Site(subject(after.operations().getFirst()), "path"), before, after);
    }
  }

  /** Operations are the same ones if method and path are, whatever parameters are called. */
  private static String key(Operation operation) {
    return operation.method() + " " + Templates.shape(operation.path());
  }

  private static String subject(Operation operation) {
    return operation.method() + " " + operation.path();
  }

  private void operation(@Nullable Operation before, Operation after) {
    Site site = new Site(subject(after), "");
    if (before == null) {
      changes.add(
          site, OperationRule.OPERATION_ADDED, null, after.location(), "the operation was added");
      return;
    }
    operations.compare(site, before, after);
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
