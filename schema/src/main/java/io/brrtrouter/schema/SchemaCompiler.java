package io.brrtrouter.schema;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compiles JSON Schema draft 2020-12 schemas. Understands all of the draft's vocabularies and the
 * OpenAPI base vocabulary; a schema without {@code $schema} has the OpenAPI 3.1 base dialect.
 *
 * <p>Thread-safe. Keeps the programs it made, so that schemas that refer to each other share them:
 * use one compiler for the documents of one generation and drop it with them.
 *
 * <pre>{@code
 * SchemaResource resource = SchemaResource.of(URI.create("urn:pet"), tree);
 * CompiledSchema pet = SchemaCompiler.builder().build().compile(resource, "", View.PLAIN);
 * }</pre>
 */
public final class SchemaCompiler {
  private final List<SchemaResource> resources;
  private final Function<URI, Optional<SchemaResource>> loader;
  private final CompilerOptions options;
  private @Nullable Universe shared;

  /** The documents and programs of compilations that can refer to each other. */
  private static final class Universe {
    final Registry registry;
    final Map<ProgramBuilder.Key, Subschema> programs = new HashMap<>();
    final Map<View, DroppedProperties> droppedProperties = new EnumMap<>(View.class);
    Set<String> dynamicNames = Set.of();

    Universe(Registry registry) {
      this.registry = registry;
    }

    /**
     * Whether a document read on the way has something the programs do not allow for: dynamic
     * references, or properties to drop.
     */
    boolean hasLearned(View wanted, View compiled) {
      Set<String> names = registry.dynamicNames();
      boolean same = names.equals(dynamicNames);
      if (!same) {
        dynamicNames = Set.copyOf(names);
        programs.clear();
      }
      return !same || registry.effective(wanted) != compiled;
    }

    DroppedProperties droppedProperties(View view) {
      return droppedProperties.computeIfAbsent(view, v -> new DroppedProperties(registry, v));
    }
  }

  private SchemaCompiler(Builder builder) {
    resources = List.copyOf(builder.resources);
    loader = builder.loader;
    options =
        new CompilerOptions(
            builder.assertFormats,
            builder.formats,
            builder.allowBacktrackingPatterns,
            builder.mostExponent);
  }

  /**
   * {@return whether a dialect can be compiled without its meta-schema being among the resources}
   *
   * @param uri what {@code $schema} says
   */
  public static boolean knowsDialect(String uri) {
    return Dialect.named(uri.endsWith("#") ? uri.substring(0, uri.length() - 1) : uri).isPresent();
  }

  /** {@return a builder for a compiler without resources that takes formats as annotations} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Compiles a schema with all schemas it leads to.
   *
   * @param resource the document the schema is in; need not be registered. A resource with the URI
   *     of another one is compiled apart, with the registered resources only
   * @param pointer JSON Pointer of the schema in the document
   * @param view which side of an exchange to compile for
   * @return the program
   * @throws SchemaException with every problem in the schemas reached: unresolved references,
   *     values of the wrong shape, patterns that cannot be matched in linear time
   */
  public synchronized CompiledSchema compile(SchemaResource resource, String pointer, View view) {
    if (shared == null) {
      shared = new Universe(registry());
    }
    Document document = shared.registry.document(resource);
    if (document != null) {
      return compile(shared, document, pointer, view);
    }
    Universe apart = new Universe(new Registry(others(resource), loader));
    Document alone = apart.registry.document(resource);
    if (alone == null) {
      throw new IllegalArgumentException(resource.uri() + " is the URI of another resource");
    }
    return compile(apart, alone, pointer, view);
  }

  /**
   * Follows a reference as compiling it would: by base URI, {@code $id}, anchors and the loader.
   *
   * @param resource the document of the schema that refers
   * @param pointer JSON Pointer of that schema in the document
   * @param reference the value of its {@code $ref} or {@code $dynamicRef}
   * @return the schema it leads to, statically; empty when it leads nowhere
   */
  public Optional<SchemaTarget> target(SchemaResource resource, String pointer, String reference) {
    return Optional.ofNullable(follow(locate(resource, pointer), reference))
        .map(found -> new SchemaTarget(found.document().resource, found.pointer()));
  }

  /** The place of a schema in the documents that {@link #compile} reads it from. */
  synchronized Location locate(SchemaResource resource, String pointer) {
    if (shared == null) {
      shared = new Universe(registry());
    }
    Document document = shared.registry.document(resource);
    if (document == null) {
      document = new Registry(others(resource), loader).document(resource);
    }
    if (document == null) {
      throw new IllegalArgumentException(resource.uri() + " is the URI of another resource");
    }
    return new Location(document, pointer);
  }

  /** Where a reference in a schema leads, a dynamic one without its context; null for nowhere. */
  synchronized @Nullable Location follow(Location schema, String reference) {
    Registry.Target target =
        schema.document().registry.resolve(schema, "$ref", reference, new Problems());
    return target == null ? null : target.location();
  }

  private Registry registry() {
    return new Registry(resources, loader);
  }

  private List<SchemaResource> others(SchemaResource resource) {
    return resources.stream().filter(other -> !other.uri().equals(resource.uri())).toList();
  }

  private CompiledSchema compile(Universe universe, Document document, String pointer, View view) {
    Location location = new Location(document, pointer);
    while (true) {
      View effective = universe.registry.effective(view);
      ProgramBuilder builder =
          new ProgramBuilder(
              universe.registry,
              options,
              universe.programs,
              universe.dynamicNames,
              universe.droppedProperties(effective));
      Subschema root = builder.build(location, effective);
      if (universe.hasLearned(view, effective)) {
        continue;
      }
      Problems problems = new Problems();
      problems.addAll(universe.registry.problems);
      problems.addAll(builder.problems());
      if (!problems.isEmpty()) {
        throw new SchemaException(problems.list());
      }
      universe.programs.putAll(builder.programs());
      return new CompiledSchema(root);
    }
  }

  /** Collects what a compiler needs. Not thread-safe. */
  public static final class Builder {
    private final List<SchemaResource> resources = new ArrayList<>();
    private final Map<String, Format> formats = new HashMap<>();
    private Function<URI, Optional<SchemaResource>> loader = uri -> Optional.empty();
    private boolean assertFormats;
    private boolean allowBacktrackingPatterns;
    private int mostExponent = JsonLimits.DEFAULT.exponent();

    private Builder() {}

    /**
     * Adds a document that schemas may refer to by its URI or by an {@code $id} in it.
     *
     * @param resource the document
     * @return this builder
     */
    public Builder resource(SchemaResource resource) {
      resources.add(resource);
      return this;
    }

    /**
     * Sets how to find documents that are not registered. Asked once per URI, without fragment, and
     * before the meta-schemas the compiler brings; there is no network access otherwise.
     *
     * @param loader gives the document, or empty when there is none
     * @return this builder
     */
    public Builder loader(Function<URI, Optional<SchemaResource>> loader) {
      this.loader = loader;
      return this;
    }

    /**
     * Sets whether {@code format} is an assertion (JSON Schema validation section 7.2.2) also where
     * the dialect makes it an annotation; false unless set.
     *
     * @param assertFormats whether a value that lacks its format is invalid
     * @return this builder
     */
    public Builder assertFormats(boolean assertFormats) {
      this.assertFormats = assertFormats;
      return this;
    }

    /**
     * Registers a format of strings, in place of one of the same name in {@link Formats}.
     *
     * @param name the value of the keyword
     * @param format the test
     * @return this builder
     */
    public Builder format(String name, Format format) {
      formats.put(name, format);
      return this;
    }

    /**
     * Sets whether patterns that cannot be matched in linear time are allowed; false unless set.
     *
     * @param allow whether to match them with bounded backtracking instead of refusing them
     * @return this builder
     */
    public Builder allowBacktrackingPatterns(boolean allow) {
      this.allowBacktrackingPatterns = allow;
      return this;
    }

    /**
     * Sets the decimal exponent, either way, up to which a number can be a multiple of something.
     *
     * @param exponent 1 to {@link JsonLimits#MOST_EXPONENT}; that of {@link JsonLimits#DEFAULT}
     *     unless set
     * @return this builder
     */
    public Builder maxExponent(int exponent) {
      if (exponent < 1 || exponent > JsonLimits.MOST_EXPONENT) {
        throw new IllegalArgumentException(
            "exponent: " + exponent + " is not between 1 and " + JsonLimits.MOST_EXPONENT);
      }
      this.mostExponent = exponent;
      return this;
    }

    /** {@return the compiler} */
    public SchemaCompiler build() {
      return new SchemaCompiler(this);
    }
  }
}
