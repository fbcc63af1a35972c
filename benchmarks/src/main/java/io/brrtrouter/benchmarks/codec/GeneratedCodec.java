package io.brrtrouter.benchmarks.codec;

import io.brrtrouter.codegen.Generation;
import io.brrtrouter.codegen.Generator;
import io.brrtrouter.codegen.GeneratorOptions;
import io.brrtrouter.codegen.Integers;
import io.brrtrouter.codegen.Part;
import io.brrtrouter.codegen.SourceFile;
import io.brrtrouter.codegen.UnknownEnums;
import io.brrtrouter.codegen.model.Binding;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.schema.codec.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The codec that is generated for the JSON body of an operation, compiled and loaded. */
final class GeneratedCodec {
  private static final String PACKAGE = "generated";

  private GeneratedCodec() {}

  /**
   * {@return the codec of a request body}
   *
   * @param document the OpenAPI document
   * @param operation the operationId
   */
  static JsonCodec<Object> of(Path document, String operation) {
    Generation generation =
        Generator.generate(
            OpenApiLoader.load(document, LoadOptions.defaults()),
            new GeneratorOptions(
                PACKAGE,
                EnumSet.of(Part.MODELS, Part.CODECS),
                UnknownEnums.REFUSE,
                Integers.LONG,
                Set.of()));
    Binding binding =
        generation.model().operations().stream()
            .filter(each -> each.id().equals(operation))
            .flatMap(each -> each.request().body().stream())
            .map(Operation.Body::contents)
            .map(List::getFirst)
            .flatMap(content -> content.binding().stream())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(operation + " has no JSON body"));
    if (!binding.isFused()) {
      throw new IllegalStateException(operation + " is not fused: " + binding.unfused());
    }
    try {
      return load(compile(generation.files()), binding);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path compile(List<SourceFile> files) throws IOException {
    Path directory = Files.createTempDirectory("generated");
    List<Path> sources = files.stream().map(file -> directory.resolve(file.path())).toList();
    for (int i = 0; i < files.size(); i++) {
      Files.createDirectories(sources.get(i).getParent());
      Files.writeString(sources.get(i), files.get(i).text());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-d",
              directory.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      boolean done =
          compiler
              .getTask(
                  null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!done) {
        throw new IllegalStateException("what was generated does not compile");
      }
    }
    return directory;
  }

  @SuppressWarnings("unchecked") // what it reads is what it writes
  private static JsonCodec<Object> load(Path classes, Binding binding) throws IOException {
    // Not closed: classes are loaded while it measures.
    URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
    try {
      return (JsonCodec<Object>)
          loader.loadClass(binding.codec().qualified()).getField("INSTANCE").get(null);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
