package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An operation where it is used.
 *
 * @param origin what leads to it
 * @param template the path template, webhook name or callback expression
 * @param method the HTTP method
 * @param entry the entry of {@code paths}, {@code webhooks} or the callback, before {@code $ref}
 * @param item the path item
 * @param node the operation
 */
record Site(
    Origin origin,
    String template,
    String method,
    LocatedNode entry,
    LocatedNode item,
    LocatedNode node) {

  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");

  /** What leads to an operation. */
  enum Origin {
    PATH,
    WEBHOOK,
    CALLBACK
  }

  /** {@return the operations of a path item, {@code query} and {@code additionalOperations} too} */
  static List<Site> of(Origin origin, LocatedNode entry, LocatedNode item) {
    List<Site> sites = new ArrayList<>();
    for (LocatedNode member : item.members()) {
      if (METHODS.contains(member.key()) && member.node().isObject()) {
        String method = member.key().toUpperCase(Locale.ROOT);
        sites.add(new Site(origin, entry.key(), method, entry, item, member));
      }
    }
    for (LocatedNode member : Tree.entries(item, "additionalOperations")) {
      sites.add(new Site(origin, entry.key(), member.key(), entry, item, member));
    }
    return sites;
  }

  /** {@return method and path, as people name an operation} */
  String name() {
    return method + " " + template;
  }

  /** {@return the parameters of the path item and of the operation, references not followed} */
  List<LocatedNode> parameters() {
    List<LocatedNode> parameters = new ArrayList<>(Tree.items(item, "parameters"));
    parameters.addAll(Tree.items(node, "parameters"));
    return parameters;
  }
}
