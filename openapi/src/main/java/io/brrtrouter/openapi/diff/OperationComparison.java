package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.RequestBody;
import java.util.Objects;
import java.util.Optional;

/** Compares operations that clients call. */
final class OperationComparison {
  private static final ContentComparison.Rules REQUEST =
      new ContentComparison.Rules(
          Direction.REQUEST,
          BodyRule.REQUEST_MEDIA_TYPE_REMOVED,
          BodyRule.REQUEST_MEDIA_TYPE_ADDED);

  private final Changes changes;
  private final ContentComparison contents;
  private final Notes notes;
  private final CallComparison calls;
  private final SecurityComparison security;
  private final ParameterComparison parameters;
  private final ResponseComparison responses;
  private final ServerComparison servers;
  private final ExtensionComparison extensions;
  private final WebSocketComparison webSockets;

  OperationComparison(
      Changes changes,
      ContentComparison contents,
      Notes notes,
      CallComparison calls,
      SecurityComparison security) {
    this.changes = changes;
    this.contents = contents;
    this.notes = notes;
    this.calls = calls;
    this.security = security;
    parameters = new ParameterComparison(changes, contents, notes);
    responses = new ResponseComparison(changes, contents, notes);
    servers = new ServerComparison(changes);
    extensions = new ExtensionComparison(changes);
    webSockets = new WebSocketComparison(changes, contents);
  }

  void compare(Site site, Operation before, Operation after) {
    names(site, before, after);
    deprecation(site, before, after);
    servers.compare(site, before, after);
    security.compare(site, before, after);
    parameters.compare(site, before, after);
    body(site.in("request body"), before, after);
    responses.compare(site, before, after);
    webSockets.compare(site, before, after);
    calls.callbacks(site, before, after);
    extensions.compare(site, before, after);
    notes.operations(site, before, after);
  }

  private void names(Site site, Operation before, Operation after) {
    if (!before.operationId().equals(after.operationId())) {
      changes.add(
          site,
          OperationRule.OPERATION_ID_CHANGED,
          before.location(),
          after.location(),
          "operationId changed from "
              + before.operationId().orElse("none")
              + " to "
              + after.operationId().orElse("none"));
    }
    Optional<String> old = OperationExtension.handler(before);
    Optional<String> now = OperationExtension.handler(after);
    if (!old.equals(now)) {
      changes.add(
          site,
          OperationRule.HANDLER_CHANGED,
          before.location(),
          after.location(),
          "the handler changed from " + old.orElse("none") + " to " + now.orElse("none"));
    }
    Templates.names(before.path(), after.path())
        .forEach((from, to) -> {
          if (!Objects.equals(from, to)) {
            changes.add(
                site,
                OperationRule.PATH_PARAMETER_RENAMED,
                before.location(),
                after.location(),
                "the path parameter \"" + from + "\" is now called \"" + to + "\"");
          }
        });
  }

  private void deprecation(Site site, Operation before, Operation after) {
    if (before.deprecated() != after.deprecated()) {
      changes.add(
          site,
          after.deprecated()
              ? OperationRule.OPERATION_DEPRECATED
              : OperationRule.OPERATION_NO_LONGER_DEPRECATED,
          before.location(),
          after.location(),
          after.deprecated()
              ? "the operation became deprecated"
              : "the operation is no longer deprecated");
    }
    Sunset.of(before).compare(Sunset.of(after), site, before.location(), after.location(), changes);
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
              ? BodyRule.REQUEST_BODY_BECAME_REQUIRED
              : BodyRule.REQUEST_BODY_BECAME_OPTIONAL,
          old.location(),
          now.location(),
          "the request body became " + (now.required() ? "required" : "optional"));
    }
    contents.compare(
        site,
        new Owner("the request body", old.location(), now.location()),
        old.content(),
        now.content(),
        REQUEST);
    notes.bodies(site, old, now);
  }

  private void bodyAdded(Site site, Owner owner, RequestBody body) {
    BodyRule rule =
        body.required()
            ? BodyRule.REQUEST_BODY_ADDED_REQUIRED
            : BodyRule.REQUEST_BODY_ADDED_OPTIONAL;
    String sort = body.required() ? "a required" : "an optional";
    changes.added(site, rule, owner, body.location(), sort + " request body was added");
  }

  private void bodyRemoved(Site site, RequestBody body, Owner owner) {
    changes.removed(
        site,
        BodyRule.REQUEST_BODY_REMOVED,
        body.location(),
        owner,
        "the request body was removed");
  }
}
