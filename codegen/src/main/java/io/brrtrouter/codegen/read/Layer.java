package io.brrtrouter.codegen.read;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One of the schemas that apply to a value.
 *
 * @param site the schema
 * @param without keywords to leave out wherever they are met: unions that are already decided
 * @param types the types to consider
 */
record Layer(Site site, Set<Site> without, int types) {

  static Layer of(Site site) {
    return new Layer(site, Set.of(), Kinds.ANY);
  }

  Layer at(Site other) {
    return new Layer(other, without, types);
  }

  Layer without(Site keyword) {
    Set<Site> more = new LinkedHashSet<>(without);
    more.add(keyword);
    return new Layer(site, Set.copyOf(more), types);
  }

  Layer only(int some) {
    return new Layer(site, without, types & some);
  }

  /** All schemas that apply to one value, in document order. */
  record Group(List<Layer> layers) {
    Group {
      layers = List.copyOf(new LinkedHashSet<>(layers));
    }

    static Group of(Site site) {
      return new Group(List.of(Layer.of(site)));
    }

    static Group of(List<Site> sites) {
      return new Group(sites.stream().map(Layer::of).toList());
    }

    Site first() {
      return layers.getFirst().site();
    }

    Group without(Site keyword) {
      return new Group(layers.stream().map(layer -> layer.without(keyword)).toList());
    }

    Group only(int types) {
      return new Group(layers.stream().map(layer -> layer.only(types)).toList());
    }

    Group and(Site site) {
      List<Layer> more = new ArrayList<>(layers);
      more.add(Layer.of(site));
      return new Group(more);
    }
  }
}
