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
  private final Owner paths;
  private final Changes changes;
  private final LocalDate today;
  private final Notes notes;
  private final OperationComparison operations;
  private final CallComparison calls;

  DocumentComparison(
      OpenApi before,
      OpenApi after,
      Owner paths,
      SchemaComparison schemas,
      Changes changes,
      LocalDate today) {
    this.before = before;
    this.after = after;
    this.paths = paths;
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
    calls.webhooks(
        new Owner("the document", before.location(), after.location()),
        before.webhooks(),
        after.webhooks());
    notes.documents(before, after);
  }

  private void paths(Map<String, PathItem> oldPaths, Map<String, PathItem> newPaths) {
    Map<String, Operation> old = new LinkedHashMap<>();
    Map<String, PathItem> oldItems = byShape(oldPaths);
    Map<String, PathItem> newItems = byShape(newPaths);
    oldPaths.forEach((template, item) -> {
      item.operations().forEach(each -> old.put(key(each), each));
    });
    newPaths.forEach((template, item) -> {
      PathItem oldItem = oldItems.get(Templates.shape(template));
      pathItem(oldItem, item);
      Owner owner = owner(oldItem, item);
      item.operations().forEach(each -> operation(old.remove(key(each)), each, owner));
    });
    old.values()
        .forEach(each -> {
          String shape = Templates.shape(each.path());
          removed(each, owner(oldItems.get(shape), newItems.get(shape)));
        });
  }

  private static Map<String, PathItem> byShape(Map<String, PathItem> paths) {
    Map<String, PathItem> items = new HashMap<>();
    paths.forEach((template, item) -> items.put(Templates.shape(template), item));
    return items;
  }

  /** {@return the path item of an operation if both documents have it, else all paths} */
  private Owner owner(@Nullable PathItem old, @Nullable PathItem now) {
    return old == null || now == null
        ? paths
        : new Owner("the path item", old.location(), now.location());
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

  private void operation(@Nullable Operation old, Operation now, Owner owner) {
    Site site = new Site(subject(now), "");
    if (old == null) {
      changes.added(
          site, OperationRule.OPERATION_ADDED, owner, now.location(), "the operation was added");
    } else {
      operations.compare(site, old, now);
    }
  }

  private void removed(Operation operation, Owner owner) {
    Sunset sunset = Sunset.of(operation);
    changes.removed(
        new Site(subject(operation), ""),
        sunset.ruleOfRemoval(operation.deprecated(), today),
        operation.location(),
        owner,
        "the operation was removed" + sunset.remark(operation.deprecated()));
  }
}
