package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Callback;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.PathItem;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.openapi.model.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares webhooks and callbacks: operations that the server calls. */
final class CallComparison {
  private static final ContentComparison.Rules OUTGOING =
      new ContentComparison.Rules(
          Direction.RESPONSE,
          CallRule.OUTGOING_MEDIA_TYPE_REMOVED,
          CallRule.OUTGOING_MEDIA_TYPE_ADDED);

  private static final ContentComparison.Rules INCOMING =
      new ContentComparison.Rules(
          Direction.REQUEST,
          CallRule.INCOMING_MEDIA_TYPE_REMOVED,
          CallRule.INCOMING_MEDIA_TYPE_ADDED);

  private static final HeaderComparison.Rules INCOMING_HEADERS =
      new HeaderComparison.Rules(
          Direction.REQUEST,
          CallRule.INCOMING_HEADER_CHANGED,
          CallRule.INCOMING_HEADER_REQUIRED,
          CallRule.INCOMING_HEADER_CHANGED,
          CallRule.INCOMING_HEADER_CHANGED,
          CallRule.INCOMING_HEADER_REQUIRED,
          CallRule.INCOMING_HEADER_CHANGED,
          CallRule.INCOMING_HEADER_SERIALIZATION_CHANGED);

  private final Changes changes;
  private final ContentComparison contents;
  private final HeaderComparison headers;
  private final Notes notes;

  CallComparison(Changes changes, ContentComparison contents, Notes notes) {
    this.changes = changes;
    this.contents = contents;
    this.notes = notes;
    headers = new HeaderComparison(changes, contents, INCOMING_HEADERS);
  }

  void webhooks(Owner document, Map<String, PathItem> before, Map<String, PathItem> after) {
    Map<String, Operation> old = new LinkedHashMap<>();
    before.forEach(
        (name, item) -> item.operations().forEach(each -> old.put(key(name, each), each)));
    after.forEach((name, item) -> {
      Added added =
          new Added(
              CallRule.WEBHOOK_ADDED,
              owner(document, before.get(name), item),
              "the webhook was added");
      for (Operation each : item.operations()) {
        String key = key(name, each);
        call(new Site("webhook " + key, ""), old.remove(key), each, added);
      }
    });
    before.forEach((name, item) -> {
      for (Operation each : item.operations()) {
        String key = key(name, each);
        if (old.containsKey(key)) {
          changes.removed(
              new Site("webhook " + key, ""),
              CallRule.WEBHOOK_REMOVED,
              each.location(),
              owner(document, item, after.get(name)),
              "the webhook was removed");
        }
      }
    });
  }

  /** {@return the path item of a webhook if both documents have it, else the document} */
  private static Owner owner(Owner document, @Nullable PathItem old, @Nullable PathItem now) {
    return old == null || now == null
        ? document
        : new Owner("the path item", old.location(), now.location());
  }

  /** What to say of a call that is new. */
  private record Added(CallRule rule, Owner owner, String message) {}

  void callbacks(Site site, Operation before, Operation after) {
    Owner owner = Owner.of(before, after);
    Added added = new Added(CallRule.CALLBACK_ADDED, owner, "the callback was added");
    Map<String, Operation> old = calls(before);
    calls(after)
        .forEach((key, each) -> call(site.in("callback " + key), old.remove(key), each, added));
    old.forEach((key, each) ->
        changes.removed(
            site.in("callback " + key),
            CallRule.CALLBACK_REMOVED,
            each.location(),
            owner,
            "the callback was removed"));
  }

  private static Map<String, Operation> calls(Operation operation) {
    Map<String, Operation> calls = new LinkedHashMap<>();
    operation.callbacks().forEach((name, callback) -> put(name, callback, calls));
    return calls;
  }

  private static void put(String name, Callback callback, Map<String, Operation> calls) {
    callback
        .pathItems()
        .forEach((expression, item) ->
            item.operations().forEach(each -> calls.put(key(name + " " + expression, each), each)));
  }

  private static String key(String name, Operation operation) {
    return name + " " + operation.method();
  }

  private void call(Site site, @Nullable Operation before, Operation after, Added added) {
    if (before == null) {
      changes.added(site, added.rule(), added.owner(), after.location(), added.message());
      return;
    }
    parameters(site, before, after);
    body(site.in("request body"), before, after);
    responses(site, before, after);
    notes.operations(site, before, after);
  }

  private void parameters(Site site, Operation before, Operation after) {
    Owner owner = Owner.of(before, after);
    Map<String, Parameter> old = new LinkedHashMap<>();
    before.parameters().forEach(each -> old.put(ParameterComparison.key(each, each.name()), each));
    for (Parameter each : after.parameters()) {
      Parameter match = old.remove(ParameterComparison.key(each, each.name()));
      String name = ParameterComparison.name(each);
      if (match == null) {
        changes.added(
            site,
            CallRule.OUTGOING_PARAMETER_ADDED,
            owner,
            each.location(),
            "the " + name + " was added");
      } else {
        parameter(site.in(name), match, each);
      }
    }
    for (Parameter each : old.values()) {
      changes.removed(
          site,
          each.required()
              ? CallRule.OUTGOING_REQUIRED_PARAMETER_REMOVED
              : CallRule.OUTGOING_PARAMETER_REMOVED,
          each.location(),
          owner,
          "the " + ParameterComparison.name(each) + " was removed");
    }
  }

  private void parameter(Site site, Parameter before, Parameter after) {
    if (before.required() != after.required()) {
      changes.add(
          site,
          after.required()
              ? CallRule.OUTGOING_PARAMETER_BECAME_REQUIRED
              : CallRule.OUTGOING_PARAMETER_BECAME_OPTIONAL,
          before.location(),
          after.location(),
          "the parameter became " + (after.required() ? "required" : "optional"));
    }
    boolean sameForm = ContentComparison.sameForm(before.content(), after.content());
    boolean reserialized =
        !Styles.text(before).equals(Styles.text(after))
            && (Styles.differForScalars(before.style(), after.style())
                || contents.mayBeComposite(before.schema(), after.schema()));
    if (!sameForm || reserialized) {
      changes.add(
          site,
          CallRule.OUTGOING_PARAMETER_SERIALIZATION_CHANGED,
          before.location(),
          after.location(),
          "the serialization changed from %s, %s to %s, %s"
              .formatted(
                  ContentComparison.form(before.content()),
                  Styles.text(before),
                  ContentComparison.form(after.content()),
                  Styles.text(after)));
    }
    contents.value(site, Valued.of(before), Valued.of(after), Direction.RESPONSE);
    notes.parameters(site, before, after);
  }

  private void body(Site site, Operation before, Operation after) {
    RequestBody old = before.requestBody().orElse(null);
    RequestBody now = after.requestBody().orElse(null);
    Owner owner = Owner.of(before, after);
    if (old == null) {
      if (now != null) {
        bodyAdded(site, owner, now);
      }
      return;
    }
    if (now == null) {
      bodyRemoved(site, old, owner);
      return;
    }
    if (old.required() != now.required()) {
      changes.add(
          site,
          now.required()
              ? CallRule.OUTGOING_BODY_BECAME_REQUIRED
              : CallRule.OUTGOING_BODY_BECAME_OPTIONAL,
          old.location(),
          now.location(),
          "the body became " + (now.required() ? "required" : "optional"));
    }
    contents.compare(
        site,
        new Owner("the request body", old.location(), now.location()),
        old.content(),
        now.content(),
        OUTGOING);
    notes.bodies(site, old, now);
  }

  private void bodyAdded(Site site, Owner owner, RequestBody body) {
    changes.added(site, CallRule.OUTGOING_BODY_ADDED, owner, body.location(), "the body was added");
  }

  private void bodyRemoved(Site site, RequestBody body, Owner owner) {
    changes.removed(
        site, CallRule.OUTGOING_BODY_REMOVED, body.location(), owner, "the body was removed");
  }

  /** Whatever receivers could answer must still count. */
  private void responses(Site site, Operation before, Operation after) {
    Owner operation = Owner.of(before, after);
    before
        .responses()
        .forEach((status, response) -> {
          String match = Statuses.match(status, after.responses().keySet());
          Site at = site.in("response " + status);
          if (match == null) {
            changes.removed(
                at,
                CallRule.INCOMING_STATUS_REMOVED,
                response.location(),
                operation,
                "the response " + status + " was removed");
            return;
          }
          Response now = after.responses().get(match);
          if (now != null) {
            Owner owner = new Owner("the response", response.location(), now.location());
            contents.compare(at, owner, response.content(), now.content(), INCOMING);
            headers.compare(at, owner, response.headers(), now.headers());
            notes.responses(at, response, now);
          }
        });
    after
        .responses()
        .forEach((status, response) -> {
          if (Statuses.match(status, before.responses().keySet()) == null) {
            changes.added(
                site.in("response " + status),
                CallRule.INCOMING_STATUS_ADDED,
                operation,
                response.location(),
                "the response " + status + " was added");
          }
        });
  }
}
