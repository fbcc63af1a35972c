package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.source.Pointers;
import io.brrtrouter.schema.SourceLocation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what schemas say about the members of objects. */
final class ObjectComparison {
  private final PairComparison pair;
  private final SchemaView before;
  private final SchemaView after;
  private final Set<String> oldNames;
  private final Set<String> newNames;
  private final Set<String> oldRequired;
  private final Set<String> newRequired;

  ObjectComparison(PairComparison pair) {
    this.pair = pair;
    before = pair.before();
    after = pair.after();
    oldNames = before.names("properties");
    newNames = after.names("properties");
    oldRequired = before.required();
    newRequired = after.required();
  }

  void compare() {
    Set<String> names = new LinkedHashSet<>(newNames);
    names.addAll(oldNames);
    names.addAll(newRequired);
    names.addAll(oldRequired);
    names.forEach(this::property);
    others();
  }

  private void property(String name) {
    boolean was = isSent(name, before, pair.schemas().before());
    boolean is = isSent(name, after, pair.schemas().after());
    boolean oldDeclared = oldNames.contains(name);
    boolean newDeclared = newNames.contains(name);
    if (oldDeclared && newDeclared && was != is) {
      redirected(name, is);
    } else if (was && is) {
      if (oldDeclared && newDeclared) {
        pair.child(
            "/" + Pointers.escape(name),
            before.members("properties", name),
            after.members("properties", name));
        presence(name);
      } else if (newDeclared) {
        added(name);
      } else if (oldDeclared) {
        removed(name);
      } else {
        presence(name);
      }
    }
  }

  /** What is only read is not in requests, what is only written not in responses. */
  private boolean isSent(String name, SchemaView view, Schemas schemas) {
    List<Place> schema = view.members("properties", name);
    String other = pair.either("readOnly", "writeOnly");
    return schema.isEmpty() || !schemas.view(schema).isTrue(other);
  }

  private void redirected(String name, boolean isSent) {
    String keyword = pair.either("readOnly", "writeOnly");
    if (isSent) {
      SchemaRule rule =
          newRequired.contains(name)
              ? pair.either(
                  SchemaRule.REQUEST_REQUIRED_PROPERTY_ADDED,
                  SchemaRule.RESPONSE_PROPERTY_NO_LONGER_WRITE_ONLY)
              : pair.either(
                  SchemaRule.REQUEST_PROPERTY_NO_LONGER_READ_ONLY,
                  SchemaRule.RESPONSE_PROPERTY_NO_LONGER_WRITE_ONLY);
      String more = newRequired.contains(name) ? ", and is required" : "";
      add(rule, name, place(before, name), place(after, name), "is no longer " + keyword + more);
      return;
    }
    SchemaRule rule =
        oldRequired.contains(name)
            ? pair.either(
                SchemaRule.REQUEST_PROPERTY_BECAME_READ_ONLY,
                SchemaRule.RESPONSE_REQUIRED_PROPERTY_REMOVED)
            : pair.either(
                SchemaRule.REQUEST_PROPERTY_BECAME_READ_ONLY,
                SchemaRule.RESPONSE_PROPERTY_BECAME_WRITE_ONLY);
    add(rule, name, place(before, name), place(after, name), "became " + keyword);
  }

  private void presence(String name) {
    boolean was = oldRequired.contains(name);
    boolean is = newRequired.contains(name);
    if (was == is) {
      return;
    }
    SchemaRule rule =
        is
            ? pair.either(
                SchemaRule.REQUEST_PROPERTY_BECAME_REQUIRED,
                SchemaRule.RESPONSE_PROPERTY_BECAME_REQUIRED)
            : pair.either(
                SchemaRule.REQUEST_PROPERTY_BECAME_OPTIONAL,
                SchemaRule.RESPONSE_PROPERTY_BECAME_OPTIONAL);
    add(
        rule,
        name,
        before.location("required"),
        after.location("required"),
        "became " + (is ? "required" : "optional"));
  }

  private void added(String name) {
    boolean becameRequired = newRequired.contains(name) && !oldRequired.contains(name);
    SchemaRule request =
        becameRequired
            ? SchemaRule.REQUEST_REQUIRED_PROPERTY_ADDED
            : SchemaRule.REQUEST_PROPERTY_ADDED;
    SchemaRule response =
        before.isClosed()
            ? SchemaRule.RESPONSE_PROPERTY_ADDED_TO_CLOSED
            : SchemaRule.RESPONSE_PROPERTY_ADDED;
    String sort = newRequired.contains(name) ? "was added, required" : "was added";
    add(pair.either(request, response), name, null, place(after, name), sort);
    if (!pair.isRequest() && oldRequired.contains(name) && !newRequired.contains(name)) {
      presence(name);
    }
    List<Place> additional = before.additional();
    if (!additional.isEmpty() && !before.isClosed()) {
      pair.child("/" + Pointers.escape(name), additional, after.members("properties", name));
    }
  }

  private void removed(String name) {
    boolean stillThere = newRequired.contains(name);
    SchemaRule request =
        after.isClosed()
            ? SchemaRule.REQUEST_PROPERTY_NO_LONGER_ALLOWED
            : SchemaRule.REQUEST_PROPERTY_REMOVED;
    SchemaRule response =
        oldRequired.contains(name) && !stillThere
            ? SchemaRule.RESPONSE_REQUIRED_PROPERTY_REMOVED
            : SchemaRule.RESPONSE_PROPERTY_REMOVED;
    String sort = oldRequired.contains(name) ? "was removed; it was required" : "was removed";
    add(pair.either(request, response), name, place(before, name), null, sort);
    if (pair.isRequest() && stillThere && !oldRequired.contains(name)) {
      presence(name);
    }
    List<Place> additional = after.additional();
    if (!additional.isEmpty() && !after.isClosed()) {
      pair.child("/" + Pointers.escape(name), before.members("properties", name), additional);
    }
  }

  private void others() {
    boolean wasClosed = before.isClosed();
    boolean isClosed = after.isClosed();
    String keyword =
        (isClosed ? after : before).with("unevaluatedProperties").isEmpty()
            ? "additionalProperties"
            : "unevaluatedProperties";
    if (!wasClosed && isClosed) {
      pair.add(
          pair.either(
              SchemaRule.REQUEST_ADDITIONAL_PROPERTIES_CLOSED,
              SchemaRule.RESPONSE_ADDITIONAL_PROPERTIES_CLOSED),
          keyword,
          "properties that are not listed are no longer allowed");
    } else if (wasClosed && !isClosed) {
      pair.add(
          pair.either(
              SchemaRule.REQUEST_ADDITIONAL_PROPERTIES_OPENED,
              SchemaRule.RESPONSE_ADDITIONAL_PROPERTIES_OPENED),
          keyword,
          "properties that are not listed are allowed now");
    } else if (!wasClosed) {
      pair.child("/*", before.additional(), after.additional());
    }
  }

  private static @Nullable SourceLocation place(SchemaView view, String name) {
    for (Place part : view.parts()) {
      if (part.keyword("properties").has(name)) {
        return part.resource()
            .sources()
            .locateName(part.pointer() + "/properties/" + Pointers.escape(name));
      }
    }
    return view.location();
  }

  private void add(
      ChangeRule rule,
      String name,
      @Nullable SourceLocation old,
      @Nullable SourceLocation now,
      String what) {
    pair.add(
        new Pair.Delta(
            rule, "/" + Pointers.escape(name), old, now, "the property \"" + name + "\" " + what));
  }
}
