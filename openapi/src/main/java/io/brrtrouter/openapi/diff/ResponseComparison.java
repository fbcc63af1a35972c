package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Link;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.schema.SourceLocation;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares the responses of operations that clients call. */
final class ResponseComparison {
  private static final ContentComparison.Rules CONTENT =
      new ContentComparison.Rules(
          Direction.RESPONSE,
          ResponseRule.RESPONSE_MEDIA_TYPE_REMOVED,
          ResponseRule.RESPONSE_MEDIA_TYPE_ADDED);

  private static final ContentComparison.Rules FIRST_CONTENT =
      new ContentComparison.Rules(
          Direction.RESPONSE,
          ResponseRule.RESPONSE_MEDIA_TYPE_REMOVED,
          ResponseRule.RESPONSE_BODY_ADDED);

  private static final HeaderComparison.Rules HEADERS =
      new HeaderComparison.Rules(
          Direction.RESPONSE,
          ResponseRule.RESPONSE_HEADER_ADDED,
          ResponseRule.RESPONSE_HEADER_ADDED,
          ResponseRule.RESPONSE_HEADER_REMOVED,
          ResponseRule.RESPONSE_REQUIRED_HEADER_REMOVED,
          ResponseRule.RESPONSE_HEADER_BECAME_REQUIRED,
          ResponseRule.RESPONSE_HEADER_BECAME_OPTIONAL,
          ResponseRule.RESPONSE_HEADER_SERIALIZATION_CHANGED);

  private final Changes changes;
  private final ContentComparison contents;
  private final HeaderComparison headers;
  private final Notes notes;

  ResponseComparison(Changes changes, ContentComparison contents, Notes notes) {
    this.changes = changes;
    this.contents = contents;
    this.notes = notes;
    headers = new HeaderComparison(changes, contents, HEADERS);
  }

  void compare(Site site, Operation before, Operation after) {
    Owner owner = Owner.of(before, after);
    Set<String> replaced = new HashSet<>();
    after
        .responses()
        .forEach((status, response) -> {
          String match = Statuses.match(status, before.responses().keySet());
          Site at = site.in("response " + status);
          if (match == null) {
            added(at, status, response, owner);
            return;
          }
          if (!match.equals(status)) {
            replaced.add(match);
            rangeChanged(at, status, match, before, after);
          }
          responses(at, before.responses().get(match), response);
        });
    before
        .responses()
        .forEach((status, response) -> {
          if (!after.responses().containsKey(status)) {
            gone(site.in("response " + status), status, replaced, response, before, after);
          }
        });
  }

  private void added(Site site, String status, Response response, Owner owner) {
    changes.added(
        site,
        Statuses.isSuccess(status)
            ? ResponseRule.RESPONSE_SUCCESS_STATUS_ADDED
            : ResponseRule.RESPONSE_STATUS_ADDED,
        owner,
        response.location(),
        "the response " + status + " was added");
  }

  private void rangeChanged(
      Site site, String status, String match, Operation before, Operation after) {
    changes.add(
        site,
        ResponseRule.RESPONSE_STATUS_RANGE_CHANGED,
        location(before, match),
        location(after, status),
        "the response " + status + " was part of " + match);
  }

  private static SourceLocation location(Operation operation, String status) {
    Response response = operation.responses().get(status);
    return response == null ? operation.location() : response.location();
  }

  private void gone(
      Site site,
      String status,
      Set<String> replaced,
      Response response,
      Operation before,
      Operation after) {
    String match = Statuses.match(status, after.responses().keySet());
    if (match != null && !(match.equals(Statuses.DEFAULT) && Statuses.isSuccess(status))) {
      changes.add(
          site,
          ResponseRule.RESPONSE_STATUS_RANGE_CHANGED,
          response.location(),
          location(after, match),
          "the response " + status + " is part of " + match);
      responses(site, response, after.responses().get(match));
      return;
    }
    if (replaced.contains(status) && !status.equals(Statuses.DEFAULT)) {
      return; // Told at each status that is in its place.
    }
    changes.removed(
        site,
        Statuses.isSuccess(status)
            ? ResponseRule.RESPONSE_SUCCESS_STATUS_REMOVED
            : ResponseRule.RESPONSE_STATUS_REMOVED,
        response.location(),
        Owner.of(before, after),
        "the response " + status + " was removed");
  }

  private void responses(Site site, @Nullable Response before, @Nullable Response after) {
    if (before == null || after == null) {
      return;
    }
    Owner owner = new Owner("the response", before.location(), after.location());
    contents.compare(
        site,
        owner,
        before.content(),
        after.content(),
        before.content().isEmpty() ? FIRST_CONTENT : CONTENT);
    headers.compare(site, owner, before.headers(), after.headers());
    links(site, owner, before, after);
    notes.responses(site, before, after);
  }

  private void links(Site site, Owner owner, Response before, Response after) {
    before
        .links()
        .forEach((name, link) -> {
          Link now = after.links().get(name);
          if (now == null) {
            changes.removed(
                site,
                ResponseRule.LINK_REMOVED,
                link.location(),
                owner,
                "the link \"" + name + "\" was removed");
          } else if (!target(link).equals(target(now))) {
            changes.add(
                site,
                ResponseRule.LINK_CHANGED,
                link.location(),
                now.location(),
                "the link \"%s\" changed from %s to %s"
                    .formatted(name, Texts.cut(target(link)), Texts.cut(target(now))));
          }
        });
    after
        .links()
        .forEach((name, link) -> {
          if (!before.links().containsKey(name)) {
            changes.added(
                site,
                ResponseRule.LINK_ADDED,
                owner,
                link.location(),
                "the link \"" + name + "\" was added");
          }
        });
  }

  private static String target(Link link) {
    Map<String, String> parameters = new TreeMap<>();
    link.parameters().forEach((name, value) -> parameters.put(name, Texts.canonical(value)));
    return link.operationId().or(link::operationRef).orElse("nothing")
        + (parameters.isEmpty() ? "" : " " + parameters)
        + link.requestBody().map(JsonNode::toString).map(body -> " with " + body).orElse("")
        + link.server().map(server -> " at " + server.url()).orElse("");
  }
}
