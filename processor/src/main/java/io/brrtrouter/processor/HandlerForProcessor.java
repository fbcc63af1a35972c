package io.brrtrouter.processor;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Writes a class {@code AnnotatedHandlers} for each package in which {@code @HandlerFor} marks
 * something. Whatever cannot be registered is an error of the compiler at its annotation.
 */
public final class HandlerForProcessor extends AbstractProcessor {
  static final String ANNOTATION = "io.brrtrouter.server.dispatch.HandlerFor";

  /** Who answers an operation, by its name: two of one package cannot both. */
  private final Map<String, Element> taken = new HashMap<>();

  /** For the compiler, which finds it as a service. */
  public HandlerForProcessor() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(ANNOTATION);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Map<String, List<Registration>> byPackage = new TreeMap<>();
    Map<String, PackageElement> packages = new HashMap<>();
    for (TypeElement annotation : annotations) {
      for (Element marked : round.getElementsAnnotatedWith(annotation)) {
        PackageElement in = processingEnv.getElementUtils().getPackageOf(marked);
        String name = in.getQualifiedName().toString();
        packages.put(name, in);
        List<Registration> registrations = byPackage.computeIfAbsent(name, _ -> new ArrayList<>());
        try {
          registrations.addAll(registrations(marked));
        } catch (Unfit unfit) {
          error(unfit.sentence(), marked);
        }
      }
    }
    byPackage.forEach((name, registrations) ->
        write(name, registrations, Objects.requireNonNull(packages.get(name))));
    return false;
  }

  private List<Registration> registrations(Element marked) throws Unfit {
    Marked reader = new Marked(processingEnv.getElementUtils(), processingEnv.getTypeUtils());
    List<Registration> registrations = reader.read(marked);
    for (Registration registration : registrations) {
      Element other = taken.putIfAbsent(registration.name(), marked);
      if (other != null) {
        throw new Unfit(
            "\""
                + registration.name()
                + "\" is handled by "
                + Marked.described(other)
                + " already; keep one of the two");
      }
    }
    return registrations;
  }

  private void write(String in, List<Registration> registrations, PackageElement origin) {
    registrations.sort(
        Comparator.comparing(Registration::holder).thenComparing(Registration::name));
    String name = (in.isEmpty() ? "" : in + ".") + RegistrarFile.CLASS;
    try (Writer file = processingEnv.getFiler().createSourceFile(name, origin).openWriter()) {
      file.write(new RegistrarFile(in, registrations).text());
    } catch (IOException failed) {
      error(name + " cannot be written: " + failed.getMessage(), origin);
    }
  }

  private void error(String message, Element place) {
    processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, place);
  }
}
