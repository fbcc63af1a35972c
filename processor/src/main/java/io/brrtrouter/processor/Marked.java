package io.brrtrouter.processor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads what {@code @HandlerFor} marks. */
final class Marked {
  private static final String DISPATCH = "io.brrtrouter.server.dispatch.";
  private static final String RIGHT =
      "take a Request and return an HttpResponse, or take a generated request and return its"
          + " response";

  private final Elements elements;
  private final Types types;

  /**
   * A static method of generated code that makes a handler of the server from a typed one.
   *
   * @param factory the method
   * @param operation the name that the handler is registered under
   * @param handler the interface of the typed handler
   * @param handle its method
   */
  private record Generated(
      Registration.Factory factory,
      String operation,
      TypeElement handler,
      ExecutableElement handle) {}

  Marked(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /** {@return how a marked element is called in messages} */
  static String described(Element marked) {
    return marked instanceof ExecutableElement method
        ? holder(method).getQualifiedName() + "." + method.getSimpleName()
        : marked.toString();
  }

  /**
   * {@return a registration for each name that is given}
   *
   * @throws Unfit if nothing can be called
   */
  List<Registration> read(Element marked) throws Unfit {
    AnnotationMirror annotation = annotation(marked);
    boolean neverBlocks = Boolean.TRUE.equals(value(annotation, "neverBlocks"));
    List<Registration> registrations = new ArrayList<>();
    for (String name : names(annotation)) {
      registrations.add(
          marked instanceof ExecutableElement method
              ? method(method, name, neverBlocks)
              : type((TypeElement) marked, name, neverBlocks));
    }
    return registrations;
  }

  // The annotation.

  private static AnnotationMirror annotation(Element marked) {
    return annotation(marked, HandlerForProcessor.ANNOTATION).orElseThrow();
  }

  private static Optional<? extends AnnotationMirror> annotation(Element of, String qualified) {
    return of.getAnnotationMirrors().stream()
        .filter(mirror ->
            ((TypeElement) mirror.getAnnotationType().asElement())
                .getQualifiedName()
                .contentEquals(qualified))
        .findFirst();
  }

  private @Nullable Object value(AnnotationMirror annotation, String name) {
    return elements.getElementValuesWithDefaults(annotation).entrySet().stream()
        .filter(entry -> entry.getKey().getSimpleName().contentEquals(name))
        .map(entry -> entry.getValue().getValue())
        .findFirst()
        .orElse(null);
  }

  private List<String> names(AnnotationMirror annotation) throws Unfit {
    List<String> names = new ArrayList<>();
    if (value(annotation, "value") instanceof List<?> values) {
      for (Object each : values) {
        names.add(String.valueOf(((AnnotationValue) each).getValue()));
      }
    }
    if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
      throw new Unfit("@HandlerFor names no operation; give it an operationId");
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new Unfit("@HandlerFor names an operation twice");
    }
    return names;
  }

  private static TypeElement holder(ExecutableElement method) {
    return (TypeElement) Objects.requireNonNull(method.getEnclosingElement(), "every method's");
  }

  // Methods.

  private Registration method(ExecutableElement method, String name, boolean neverBlocks)
      throws Unfit {
    TypeElement holder = holder(method);
    checkVisible(method, described(method));
    boolean isStatic = method.getModifiers().contains(Modifier.STATIC);
    if (!isStatic) {
      checkPlain(holder);
    }
    if (!method.getTypeParameters().isEmpty()
        || method.isVarArgs()
        || method.getParameters().size() != 1) {
      throw new Unfit(described(method) + " cannot be a handler: let it " + RIGHT);
    }
    for (TypeMirror thrown : method.getThrownTypes()) {
      if (!types.isSubtype(thrown, type("java.lang.Exception"))
          && !types.isSubtype(thrown, type("java.lang.Error"))) {
        throw new Unfit(described(method) + " throws " + thrown + "; a handler throws exceptions");
      }
    }
    return new Registration(
        name,
        holds(holder),
        method.getSimpleName().toString(),
        isStatic,
        factory(method, name),
        neverBlocks);
  }

  /** {@return the factory of a typed method; null for an untyped one} */
  private Registration.@Nullable Factory factory(ExecutableElement method, String name)
      throws Unfit {
    TypeMirror request = method.getParameters().getFirst().asType();
    TypeMirror response = method.getReturnType();
    if (isNamed(request, DISPATCH + "Request")) {
      if (!types.isSubtype(response, type("io.brrtrouter.server.http.HttpResponse"))) {
        throw new Unfit(
            described(method) + " takes a Request but returns " + response + ", no HttpResponse");
      }
      return null;
    }
    Generated generated = generatedFor(request);
    if (generated == null) {
      throw new Unfit(
          described(method)
              + " cannot be a handler: no generated code registers one that takes "
              + request
              + "; let it "
              + RIGHT);
    }
    if (!types.isSubtype(response, generated.handle().getReturnType())) {
      throw new Unfit(
          described(method)
              + " returns "
              + response
              + ", no "
              + types.asElement(generated.handle().getReturnType()).getSimpleName());
    }
    if (!generated.operation().equals(name)) {
      throw new Unfit(
          ("%s takes the request of \"%s\", and cannot handle \"%s\"; name the one, or take the"
                  + " request of the other")
              .formatted(described(method), generated.operation(), name));
    }
    return generated.factory();
  }

  /** Generated requests are in a package {@code api}; what registers handlers is beside it. */
  private @Nullable Generated generatedFor(TypeMirror request) {
    if (!(types.asElement(request) instanceof TypeElement type)) {
      return null;
    }
    return generated(type).stream()
        .filter(
            each -> types.isSameType(each.handle().getParameters().getFirst().asType(), request))
        .findFirst()
        .orElse(null);
  }

  private List<Generated> generated(TypeElement ofApi) {
    String api = elements.getPackageOf(ofApi).getQualifiedName().toString();
    PackageElement server =
        api.endsWith(".api")
            ? elements.getPackageElement(api.substring(0, api.length() - "api".length()) + "server")
            : null;
    List<Generated> all = new ArrayList<>();
    if (server != null) {
      for (TypeElement type : ElementFilter.typesIn(server.getEnclosedElements())) {
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
          generated(type, method).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private Optional<Generated> generated(TypeElement type, ExecutableElement method) {
    String operation =
        annotation(method, DISPATCH + "RegisteredAs")
            .map(mirror -> String.valueOf(value(mirror, "value")))
            .orElse("");
    boolean makes =
        !operation.isEmpty()
            && method.getModifiers().contains(Modifier.STATIC)
            && method.getParameters().size() == 1
            && types.asElement(method.getParameters().getFirst().asType()) instanceof TypeElement;
    if (!makes) {
      return Optional.empty();
    }
    TypeElement handler = (TypeElement) types.asElement(method.getParameters().getFirst().asType());
    return ElementFilter.methodsIn(handler.getEnclosedElements()).stream()
        .filter(each ->
            each.getSimpleName().contentEquals("handle") && each.getParameters().size() == 1)
        .findFirst()
        .map(handle ->
            new Generated(
                new Registration.Factory(
                    type.getQualifiedName().toString(), method.getSimpleName().toString()),
                operation,
                handler,
                handle));
  }

  // Classes.

  private Registration type(TypeElement type, String name, boolean neverBlocks) throws Unfit {
    checkVisible(type, described(type));
    checkPlain(type);
    if (type.getKind() == ElementKind.INTERFACE || type.getKind() == ElementKind.ANNOTATION_TYPE) {
      throw new Unfit(described(type) + " is an interface; mark the class that implements it");
    }
    Set<TypeElement> interfaces = new LinkedHashSet<>();
    collect(type.asType(), interfaces);
    boolean isUntyped =
        interfaces.stream()
            .anyMatch(each -> each.getQualifiedName().contentEquals(DISPATCH + "Handler"));
    List<Generated> typed =
        interfaces.stream()
            .flatMap(each ->
                generated(each).stream().filter(generated -> generated.handler().equals(each)))
            .toList();
    return new Registration(
        name, holds(type), null, false, factory(type, name, isUntyped, typed), neverBlocks);
  }

  /** {@return the factory of a class that is a typed handler; null for an untyped one} */
  private static Registration.@Nullable Factory factory(
      TypeElement type, String name, boolean isUntyped, List<Generated> typed) throws Unfit {
    if (isUntyped && !typed.isEmpty()) {
      throw new Unfit(
          "%s implements Handler and %s, and either could answer; let it implement one of them"
              .formatted(described(type), typed.getFirst().handler().getSimpleName()));
    }
    if (isUntyped) {
      return null;
    }
    if (typed.isEmpty()) {
      throw new Unfit(
          described(type)
              + " is no handler: let it implement Handler or a generated handler interface, or mark"
              + " its methods");
    }
    return typed.stream()
        .filter(each -> each.operation().equals(name))
        .findFirst()
        .map(Generated::factory)
        .orElseThrow(() ->
            new Unfit(
                ("%s handles %s, and cannot handle \"%s\"; name the one, or implement the"
                        + " interface of the other")
                    .formatted(
                        described(type),
                        typed.stream()
                            .map(each -> "\"" + each.operation() + "\"")
                            .collect(Collectors.joining(" and ")),
                        name)));
  }

  private void collect(TypeMirror type, Set<TypeElement> interfaces) {
    for (TypeMirror each : types.directSupertypes(type)) {
      if (types.asElement(each) instanceof TypeElement element
          && element.getKind() == ElementKind.INTERFACE) {
        interfaces.add(element);
      }
      collect(each, interfaces);
    }
  }

  // What both have in common.

  private static void checkVisible(Element element, String name) throws Unfit {
    for (Element each = element;
        each != null && each.getKind() != ElementKind.PACKAGE;
        each = each.getEnclosingElement()) {
      if (each.getModifiers().contains(Modifier.PRIVATE)) {
        throw new Unfit(
            name + " cannot be called, because " + each.getSimpleName() + " is private");
      }
    }
  }

  /** An instance of the class must be something that can be named. */
  private static void checkPlain(TypeElement holder) throws Unfit {
    if (!holder.getTypeParameters().isEmpty()) {
      throw new Unfit(
          holder.getQualifiedName() + " has type parameters; mark a class without them");
    }
    if (holder.getNestingKind() == NestingKind.MEMBER
        && !holder.getModifiers().contains(Modifier.STATIC)
        && holder.getEnclosingElement() instanceof TypeElement outer
        && !outer.getTypeParameters().isEmpty()) {
      throw new Unfit(holder.getQualifiedName() + " is inside of a class with type parameters");
    }
  }

  private static boolean isPublic(TypeElement type) {
    for (Element each = type; each instanceof TypeElement; each = each.getEnclosingElement()) {
      if (!each.getModifiers().contains(Modifier.PUBLIC)) {
        return false;
      }
    }
    return true;
  }

  private Registration.Holder holds(TypeElement type) {
    return new Registration.Holder(written(type), isPublic(type));
  }

  /** {@return the name of a class inside of its package} */
  private String written(TypeElement type) {
    String in = elements.getPackageOf(type).getQualifiedName().toString();
    String name = type.getQualifiedName().toString();
    return in.isEmpty() ? name : name.substring(in.length() + 1);
  }

  private boolean isNamed(TypeMirror type, String qualified) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals(qualified);
  }

  private TypeMirror type(String qualified) {
    return elements.getTypeElement(qualified).asType();
  }
}
