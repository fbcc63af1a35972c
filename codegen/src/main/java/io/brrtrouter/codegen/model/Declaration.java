package io.brrtrouter.codegen.model;

import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A generated class that stands for a schema. */
public sealed interface Declaration {

  /** {@return the name of the class} */
  ClassName name();

  /** {@return what the document says about it} */
  Docs docs();

  /** {@return the schema} */
  Origin origin();

  /**
   * A record: a JSON object with known properties.
   *
   * @param name the name of the class
   * @param docs what the document says about it
   * @param origin the schema
   * @param view the side it is for; {@link View#PLAIN} when both sides are alike
   * @param components the properties, in document order
   * @param constants required properties with one possible value, in document order
   * @param rest what becomes of other properties
   * @param dropped properties the view leaves out: read over wherever they occur, never written
   * @param forbidden properties no value of which is valid
   * @param checks what must hold for the object as a whole
   * @param unfusable what the schema demands that is not expressed here
   * @param interfaces the sealed interfaces it implements, in order of discovery
   */
  record ObjectRecord(
      ClassName name,
      Docs docs,
      Origin origin,
      View view,
      List<Component> components,
      List<Constant> constants,
      Rest rest,
      List<String> dropped,
      List<String> forbidden,
      List<Check> checks,
      List<Unfusable> unfusable,
      List<ClassName> interfaces)
      implements Declaration {

    /** Copies the lists; refuses names that occur twice. */
    public ObjectRecord {
      components = List.copyOf(components);
      constants = List.copyOf(constants);
      dropped = List.copyOf(dropped);
      forbidden = List.copyOf(forbidden);
      checks = List.copyOf(checks);
      unfusable = List.copyOf(unfusable);
      interfaces = List.copyOf(interfaces);
      Demand.distinct(names(components, constants, rest), "component");
      Demand.distinct(properties(components, constants, dropped), "property");
    }

    private static Stream<String> names(
        List<Component> components, List<Constant> constants, Rest rest) {
      return Stream.of(
              components.stream().map(Component::name),
              constants.stream().map(Constant::name),
              rest instanceof Rest.Kept kept ? Stream.of(kept.name()) : Stream.<String>empty())
          .flatMap(each -> each);
    }

    private static Stream<String> properties(
        List<Component> components, List<Constant> constants, List<String> dropped) {
      return Stream.of(
              components.stream().map(Component::property),
              constants.stream().map(Constant::property),
              dropped.stream())
          .flatMap(each -> each);
    }
  }

  /**
   * An enum: a string of known values.
   *
   * @param name the name of the class
   * @param docs what the document says about it
   * @param origin the schema
   * @param entries its values, in document order
   * @param open whether values that are not among them are kept; then the class is a sealed
   *     interface, permitting an enum {@code Known} and a record {@code Other}
   */
  record TextEnum(ClassName name, Docs docs, Origin origin, List<EnumEntry> entries, boolean open)
      implements Declaration {

    /** Copies the list; refuses an empty one and names or values that occur twice. */
    public TextEnum {
      entries = List.copyOf(entries);
      Demand.that(!entries.isEmpty(), name + " has no values");
      Demand.distinct(entries.stream().map(EnumEntry::name), "constant");
      Demand.distinct(entries.stream().map(EnumEntry::value), "value");
    }
  }

  /**
   * A sealed interface: one of several alternatives.
   *
   * @param name the name of the class
   * @param docs what the document says about it
   * @param origin the schema
   * @param alternatives the alternatives, in document order
   * @param tag how a decoder tells them apart
   * @param accessors what every alternative has: methods of the interface
   * @param unfusable what the schema demands that is not expressed here
   */
  record Union(
      ClassName name,
      Docs docs,
      Origin origin,
      List<Alternative> alternatives,
      Tag tag,
      List<Accessor> accessors,
      List<Unfusable> unfusable)
      implements Declaration {

    /** Copies the lists; refuses fewer than two alternatives and tags that name no alternative. */
    public Union {
      alternatives = List.copyOf(alternatives);
      accessors = List.copyOf(accessors);
      unfusable = List.copyOf(unfusable);
      Demand.that(alternatives.size() > 1, name + " needs two alternatives");
      for (int index : tag.indexes()) {
        Demand.that(index >= 0 && index < alternatives.size(), "no alternative " + index);
      }
    }
  }

  /**
   * A value of a {@link TextEnum}.
   *
   * @param name the constant
   * @param value the string
   * @param docs what the document says about it
   */
  record EnumEntry(String name, String value, Docs docs) {

    /** Refuses what is no identifier. */
    public EnumEntry {
      Demand.identifier(name);
    }
  }

  /**
   * One of the alternatives of a {@link Union}.
   *
   * @param value what it is
   * @param wrapper the nested record that holds it in its component {@code value}; absent when it
   *     is a record that implements the interface itself
   */
  record Alternative(Value value, Optional<String> wrapper) {

    /** Refuses what neither is a class of the model nor has a wrapper. */
    public Alternative {
      wrapper.ifPresent(Demand::identifier);
      Demand.that(
          wrapper.isPresent() || value.type() instanceof JavaType.Declared,
          value.type() + " needs a wrapper");
    }
  }

  /**
   * A component or constant that all alternatives of a {@link Union} have.
   *
   * @param name the method
   * @param type its Java type
   * @param form how it tells absent, null and value apart
   * @param docs what the document says about it
   */
  record Accessor(String name, JavaType type, Component.Form form, Docs docs) {

    /** Refuses what is no identifier. */
    public Accessor {
      Demand.identifier(name);
    }
  }

  /** How a decoder tells the alternatives of a {@link Union} apart. */
  sealed interface Tag {

    /** {@return the alternatives it can choose} */
    Collection<Integer> indexes();

    /**
     * By the value of a property.
     *
     * @param property the property
     * @param values the index of the alternative for each string or integer
     * @param explicit whether the document has a discriminator; else every alternative insists on
     *     its own values
     */
    record ByProperty(String property, Map<JsonNode, Integer> values, boolean explicit)
        implements Tag {

      /** Copies the map. */
      public ByProperty {
        values = Demand.copyOf(values);
      }

      @Override
      public Collection<Integer> indexes() {
        return values.values();
      }
    }

    /**
     * By the kind of JSON value; numbers are one kind.
     *
     * @param kinds the index of the alternative for each kind
     */
    record ByKind(Map<Kind, Integer> kinds) implements Tag {

      /** Copies the map. */
      public ByKind {
        kinds = Demand.copyOf(kinds);
      }

      @Override
      public Collection<Integer> indexes() {
        return kinds.values();
      }
    }

    /**
     * By trying: the first that fits.
     *
     * @param exactlyOne whether a second one must not fit
     * @param count how many alternatives there are
     */
    record ByTrial(boolean exactlyOne, int count) implements Tag {

      @Override
      public Collection<Integer> indexes() {
        return IntStream.range(0, count).boxed().toList();
      }
    }

    /**
     * By a property that only one alternative knows, and requires.
     *
     * @param properties the index of the alternative for each property
     * @param otherwise the alternative without such a property; absent when each has one
     */
    record ByPresence(Map<String, Integer> properties, Optional<Integer> otherwise) implements Tag {

      /** Copies the map. */
      public ByPresence {
        properties = Demand.copyOf(properties);
      }

      @Override
      public Collection<Integer> indexes() {
        List<Integer> indexes = new ArrayList<>(properties.values());
        otherwise.ifPresent(indexes::add);
        return indexes;
      }
    }
  }

  /** The kinds of JSON value that alternatives differ by. */
  enum Kind {
    /** A JSON object. */
    OBJECT,
    /** A JSON array. */
    ARRAY,
    /** A JSON string. */
    STRING,
    /** A JSON number. */
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN
  }
}
