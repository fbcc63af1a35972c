package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.openapi.model.WebSocketExtension.Messages;
import java.util.List;
import java.util.Optional;

/** Compares WebSockets: what clients send is like a request, what the server sends a response. */
final class WebSocketComparison {
  private static final Way FROM_CLIENT =
      new Way(
          "fromClient",
          StreamRule.CLIENT_MESSAGES_DECLARED,
          StreamRule.CLIENT_MESSAGES_OPENED,
          new ContentComparison.Rules(
              Direction.REQUEST,
              StreamRule.CLIENT_MESSAGE_TYPE_REMOVED,
              StreamRule.CLIENT_MESSAGE_TYPE_ADDED));

  private static final Way FROM_SERVER =
      new Way(
          "fromServer",
          StreamRule.SERVER_MESSAGES_DECLARED,
          StreamRule.SERVER_MESSAGES_OPENED,
          new ContentComparison.Rules(
              Direction.RESPONSE,
              StreamRule.SERVER_MESSAGE_TYPE_REMOVED,
              StreamRule.SERVER_MESSAGE_TYPE_ADDED));

  private final Changes changes;
  private final ContentComparison contents;

  /**
   * One direction.
   *
   * @param field its name
   * @param declared the rule for what was open and is declared
   * @param opened the rule for what was declared and is open
   * @param content the rules on its media types
   */
  private record Way(
      String field, ChangeRule declared, ChangeRule opened, ContentComparison.Rules content) {}

  WebSocketComparison(Changes changes, ContentComparison contents) {
    this.changes = changes;
    this.contents = contents;
  }

  void compare(Site site, Operation before, Operation after) {
    Optional<WebSocketExtension> old = before.webSocket();
    Optional<WebSocketExtension> now = after.webSocket();
    if (old.isEmpty() && now.isEmpty()) {
      return;
    }
    if (old.isEmpty() || now.isEmpty()) {
      changes.add(
          site,
          now.isEmpty() ? StreamRule.WEBSOCKET_REMOVED : StreamRule.WEBSOCKET_ADDED,
          old.map(each -> ChangeLocation.of(each.location()))
              .orElse(ChangeLocation.inParent("the operation", before.location())),
          now.map(each -> ChangeLocation.of(each.location()))
              .orElse(ChangeLocation.inParent("the operation", after.location())),
          WebSocketExtension.FIELD + (now.isEmpty() ? " was removed" : " was added"));
      return;
    }
    subprotocols(site, old.get(), now.get());
    messages(
        site, FROM_CLIENT, old.get(), old.get().fromClient(), now.get(), now.get().fromClient());
    messages(
        site, FROM_SERVER, old.get(), old.get().fromServer(), now.get(), now.get().fromServer());
  }

  private void subprotocols(Site site, WebSocketExtension before, WebSocketExtension after) {
    List<String> old = before.subprotocols();
    List<String> now = after.subprotocols();
    for (String name : old) {
      if (!now.contains(name)) {
        subprotocol(site, StreamRule.SUBPROTOCOL_REMOVED, name, before, after, "removed");
      }
    }
    for (String name : now) {
      if (!old.contains(name)) {
        subprotocol(site, StreamRule.SUBPROTOCOL_ADDED, name, before, after, "added");
      }
    }
    List<String> kept = old.stream().filter(now::contains).toList();
    List<String> order = now.stream().filter(old::contains).toList();
    if (!kept.equals(order)) {
      changes.add(
          site,
          StreamRule.SUBPROTOCOLS_REORDERED,
          before.location(),
          after.location(),
          "the order of the subprotocols changed from %s to %s"
              .formatted(Texts.quoted(old), Texts.quoted(now)));
    }
  }

  private void subprotocol(
      Site site,
      ChangeRule rule,
      String name,
      WebSocketExtension before,
      WebSocketExtension after,
      String verb) {
    changes.add(
        site,
        rule,
        before.location(),
        after.location(),
        "the subprotocol \"" + name + "\" was " + verb);
  }

  private void messages(
      Site site,
      Way way,
      WebSocketExtension before,
      Optional<Messages> old,
      WebSocketExtension after,
      Optional<Messages> now) {
    if (old.isPresent() && now.isPresent()) {
      contents.compare(
          site.in(way.field()),
          new Owner(way.field(), old.get().location(), now.get().location()),
          old.get().content(),
          now.get().content(),
          way.content());
    } else if (old.isPresent() || now.isPresent()) {
      Owner owner = new Owner(WebSocketExtension.FIELD, before.location(), after.location());
      ChangeLocation from =
          old.map(each -> ChangeLocation.of(each.location())).orElse(owner.missingBefore());
      ChangeLocation to =
          now.map(each -> ChangeLocation.of(each.location())).orElse(owner.missingAfter());
      changes.add(
          site,
          now.isPresent() ? way.declared() : way.opened(),
          from,
          to,
          way.field() + (now.isPresent() ? " was added" : " was removed"));
    }
  }
}
