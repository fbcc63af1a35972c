package io.brrtrouter.processor;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Writes a class beside each top-level class in which {@code @HandlerFor} marks something: {@code
 * PetHandlersRegistrar} registers what is marked in {@code PetHandlers}. It depends on that class
 * alone, so whatever part of a project is compiled, what is written for the rest stays true.
 * Whatever cannot be registered is an error of the compiler at its annotation.
 */
public final class HandlerForProcessor extends AbstractProcessor {
  static final String ANNOTATION = "io.brrtrouter.server.dispatch.HandlerFor";

  /** Who answers an operation, by its name: two that are compiled together cannot both. */
  private final Map<String, Element> taken = new HashMap<>();

  /** For the compiler, which finds it as a service. */
  public HandlerForProcessor() {}

  /** All, because a mark in a local class is no annotation of any element the compiler shows. */
  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    @Nullable TypeElement annotation = processingEnv.getElementUtils().getTypeElement(ANNOTATION);
    if (annotation == null) {
      return false;
    }
    Map<TypeElement, List<Registration>> byTop = new LinkedHashMap<>();
    for (Element marked : round.getElementsAnnotatedWith(annotation)) {
      List<Registration> registrations = byTop.computeIfAbsent(top(marked), _ -> new ArrayList<>());
      try {
        registrations.addAll(registrations(marked));
      } catch (Unfit unfit) {
        error(unfit.sentence(), marked);
      }
    }
    byTop.forEach(this::write);
    LocalMarks.refuse(processingEnv, round.getRootElements());
    return false;
  }

  private static TypeElement top(Element marked) {
    Element each = marked;
    while (each.getEnclosingElement() instanceof TypeElement outer) {
      each = outer;
    }
    return (TypeElement) each;
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

  private void write(TypeElement top, List<Registration> registrations) {
    registrations.sort(
        Comparator.comparing((Registration each) -> each.holder().written())
            .thenComparing(Registration::name));
    String in = processingEnv.getElementUtils().getPackageOf(top).getQualifiedName().toString();
    String marked = top.getSimpleName().toString();
    String name = (in.isEmpty() ? "" : in + ".") + RegistrarFile.name(marked);
    try (Writer file = processingEnv.getFiler().createSourceFile(name, top).openWriter()) {
      file.write(new RegistrarFile(in, marked, registrations).text());
    } catch (IOException failed) {
      error(name + " cannot be written: " + failed.getMessage(), top);
    }
  }

  private void error(String message, Element place) {
    processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, place);
  }
}
