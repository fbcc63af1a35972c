package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.read.Layer.Group;
import java.util.List;

/** What a document says about the use of a schema, apart from the schema itself. */
final class Uses {
  private Uses() {}

  /**
   * {@return what is said about a use: a schema with a class of its own is described there, unless
   * it says something beside the reference}
   */
  static Docs docs(TypeReader types, Group group, Facets facets) {
    Group normal = types.merge.normal(group);
    if (types.name(normal).isEmpty()) {
      return new Docs(facets.title, facets.description, facets.deprecated);
    }
    List<Site> chain = types.merge.chain(group.layers().getFirst());
    for (Site site : chain.subList(0, chain.size() - 1)) {
      String description = site.text("description");
      if (!description.isEmpty() && types.name(Group.of(site)).isEmpty()) {
        return new Docs(site.text("title"), description, facets.deprecated);
      }
    }
    return new Docs("", "", facets.deprecated);
  }
}
