package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.MediaTypes;
import io.brrtrouter.codegen.read.Facets.Choices;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.model.SequentialMediaType;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the data of events that is JSON: {@code contentMediaType} and {@code contentSchema} (JSON
 * Schema validation section 8) of the property {@code data}, in each alternative there is.
 */
final class EventReader {
  static final String DATA = "data";
  private static final int DEEPEST = 8;

  private final TypeReader types;

  EventReader(TypeReader types) {
    this.types = types;
  }

  /** Marks the schemas of data. */
  void read(List<Operation> operations) {
    for (Schema item : items(operations)) {
      mark(types.merge.normal(Group.of(Site.of(item))), 0);
    }
  }

  private static List<Schema> items(List<Operation> operations) {
    List<Schema> items = new ArrayList<>();
    operations.stream()
        .flatMap(operation -> operation.responses().values().stream())
        .forEach(response ->
            response
                .content()
                .forEach((name, mediaType) -> {
                  if (isEvents(name)) {
                    mediaType.itemSchema().ifPresent(items::add);
                  }
                }));
    return items;
  }

  static boolean isEvents(String mediaType) {
    return SequentialMediaType.of(mediaType)
        .filter(kind -> kind == SequentialMediaType.EVENTS)
        .isPresent();
  }

  private void mark(Group event, int depth) {
    Facets facets = types.merge.of(event);
    List<Site> data = facets.properties.getOrDefault(DATA, List.of());
    if (!data.isEmpty()) {
      data(event, types.merge.normal(Group.of(data)));
    }
    if (depth < DEEPEST) {
      for (Choices union : facets.unions) {
        Group outer = event.without(union.place());
        union.branches().forEach(branch -> mark(types.merge.normal(outer.and(branch)), depth + 1));
      }
    }
  }

  private void data(Group event, Group data) {
    boolean coded =
        data.layers().stream().anyMatch(layer -> layer.site().node.has("contentEncoding"));
    boolean json =
        data.layers().stream()
            .anyMatch(layer -> MediaTypes.isJson(layer.site().text("contentMediaType")));
    if (coded || !json) {
      return;
    }
    data.layers().stream()
        .map(Layer::site)
        .filter(site -> site.node.has("contentSchema"))
        .findFirst()
        .ifPresent(site -> types.markEvent(event, site.child("contentSchema")));
  }
}
