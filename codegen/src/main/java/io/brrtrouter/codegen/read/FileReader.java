package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.MediaTypes;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.openapi.model.Encoding;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the properties of multipart bodies that are files. A schema that is also that of another
 * body has none: JSON knows nothing of file names.
 */
final class FileReader {
  private final TypeReader types;

  FileReader(TypeReader types) {
    this.types = types;
  }

  /** Marks the schemas of files. */
  void read(List<Operation> operations) {
    Set<Site> others = new HashSet<>();
    List<MediaType> multipart = new ArrayList<>();
    for (Operation operation : operations) {
      operation
          .requestBody()
          .ifPresent(body ->
              body.content()
                  .forEach((name, mediaType) -> {
                    if (MediaTypes.bare(name).startsWith("multipart/")) {
                      multipart.add(mediaType);
                    } else {
                      whole(mediaType).ifPresent(group -> others.add(group.first()));
                    }
                  }));
      operation.responses().values().stream()
          .flatMap(response -> response.content().values().stream())
          .flatMap(mediaType -> whole(mediaType).stream())
          .forEach(group -> others.add(group.first()));
    }
    for (MediaType mediaType : multipart) {
      whole(mediaType)
          .filter(group -> !others.contains(group.first()))
          .ifPresent(group -> properties(group, mediaType.encoding()));
    }
  }

  private Optional<Group> whole(MediaType mediaType) {
    return mediaType.schema().map(Site::of).map(Group::of).map(types.merge::normal);
  }

  private void properties(Group body, Map<String, Encoding> encodings) {
    types
        .merge
        .of(body)
        .properties
        .forEach((name, schemas) -> {
          if (!schemas.isEmpty()) {
            Group group = types.merge.normal(Group.of(schemas));
            Facets facets = types.merge.of(group);
            boolean list = facets.types == Kinds.ARRAY && !facets.items.isEmpty();
            Group one = list ? types.merge.normal(Group.of(facets.items)) : group;
            if (isFile(one, encodings.get(name))) {
              types.markFile(one);
            }
          }
        });
  }

  private boolean isFile(Group group, @Nullable Encoding encoding) {
    Facets facets = types.merge.of(group);
    boolean styled =
        encoding != null
            && (encoding.style().isPresent()
                || encoding.explode().isPresent()
                || encoding.allowReserved());
    if (styled || facets.never || facets.allowed != null || !facets.unions.isEmpty()) {
      return false;
    }
    boolean string = (facets.types & ~Kinds.NULL) == Kinds.STRING;
    if (string && facets.formats.stream().anyMatch(format -> format.name().equals("binary"))) {
      return true;
    }
    boolean open = facets.types == Kinds.ANY && facets.isBare();
    String kept = text(group, "contentMediaType");
    String sent = encoding == null ? "" : encoding.contentType().orElse("");
    boolean octets = text(group, "contentEncoding").isEmpty() && isOctets(kept) && isOctets(sent);
    return octets && (open || (string && !kept.isEmpty()));
  }

  private static String text(Group group, String keyword) {
    return group.layers().stream()
        .map(layer -> layer.site().text(keyword))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Whether no media type says that there is text, JSON or further parts. */
  private static boolean isOctets(String mediaTypes) {
    return Stream.of(mediaTypes.toLowerCase(Locale.ROOT).split(",", -1))
        .map(String::strip)
        .noneMatch(each ->
            each.startsWith("text/") || each.contains("json") || each.startsWith("multipart/"));
  }
}
