package io.brrtrouter.cli;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the compilation of other classes may depend on in a class, and on which others it may depend
 * itself. Names are those of class files, {@code java/util/Map$Entry}.
 *
 * @param name its name
 * @param source the path of its source file from the root of sources
 * @param supertypes its superclass and interfaces
 * @param surface all that others see of it
 * @param constants its constants, which are copied into classes that do not even name it
 * @param mentions the names of classes that occur in it
 */
record ClassShape(
    String name,
    String source,
    Set<String> supertypes,
    Set<String> surface,
    Set<String> constants,
    Set<String> mentions) {
  private static final Pattern NAME = Pattern.compile("L([^;<]+)[;<]");
  private static final int HIDDEN = ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC;

  /** Copies the sets. */
  ClassShape {
    supertypes = Set.copyOf(supertypes);
    surface = Set.copyOf(surface);
    constants = Set.copyOf(constants);
    mentions = Set.copyOf(mentions);
  }

  /** {@return the shape of a class} */
  static ClassShape of(byte[] bytes) {
    return of(ClassFile.of().parse(bytes));
  }

  private static ClassShape of(ClassModel model) {
    String name = model.thisClass().asInternalName();
    Set<String> supertypes = new HashSet<>();
    model.superclass().ifPresent(each -> supertypes.add(each.asInternalName()));
    model.interfaces().forEach(each -> supertypes.add(each.asInternalName()));
    Set<String> constants = new TreeSet<>();
    model.fields().forEach(field -> constant(field).ifPresent(constants::add));
    return new ClassShape(
        name, source(model, name), supertypes, surface(model), constants, mentions(model));
  }

  private static String source(ClassModel model, String name) {
    String file =
        model
            .findAttribute(Attributes.sourceFile())
            .map(each -> each.sourceFile().stringValue())
            .orElse("");
    return name.substring(0, name.lastIndexOf('/') + 1) + file;
  }

  private static Set<String> surface(ClassModel model) {
    Set<String> surface = new TreeSet<>();
    surface.add("flags " + model.flags().flagsMask());
    surface.add("extends " + model.superclass().map(ClassEntry::asInternalName));
    model.interfaces().forEach(each -> surface.add("implements " + each.asInternalName()));
    surface.add("signature " + signature(model.findAttribute(Attributes.signature())));
    model
        .findAttribute(Attributes.permittedSubclasses())
        .ifPresent(permitted ->
            permitted
                .permittedSubclasses()
                .forEach(each -> surface.add("permits " + each.asInternalName())));
    model
        .findAttribute(Attributes.record())
        .ifPresent(record ->
            surface.add(
                "components "
                    + record.components().stream()
                        .map(each -> each.name() + " " + each.descriptor())
                        .toList()));
    model
        .findAttribute(Attributes.innerClasses())
        .ifPresent(inner ->
            inner.classes().stream()
                .filter(each ->
                    each.outerClass().filter(model.thisClass()::equals).isPresent()
                        || each.innerClass().equals(model.thisClass()))
                .filter(each -> (each.flagsMask() & HIDDEN) == 0)
                .forEach(each ->
                    surface.add(
                        "member " + each.innerClass().asInternalName() + each.flagsMask())));
    for (FieldModel field : model.fields()) {
      if ((field.flags().flagsMask() & HIDDEN) == 0) {
        surface.add(
            "field "
                + field.flags().flagsMask()
                + field.fieldName()
                + field.fieldType()
                + signature(field.findAttribute(Attributes.signature())));
      }
    }
    for (MethodModel method : model.methods()) {
      if ((method.flags().flagsMask() & HIDDEN) == 0) {
        surface.add(method(method));
      }
    }
    return surface;
  }

  private static String method(MethodModel method) {
    List<String> thrown = new ArrayList<>();
    method
        .findAttribute(Attributes.exceptions())
        .ifPresent(each -> each.exceptions().forEach(type -> thrown.add(type.asInternalName())));
    return "method "
        + method.flags().flagsMask()
        + method.methodName()
        + method.methodType()
        + thrown
        + method.findAttribute(Attributes.annotationDefault()).isPresent()
        + signature(method.findAttribute(Attributes.signature()));
  }

  private static String signature(Optional<SignatureAttribute> attribute) {
    return attribute.map(each -> each.signature().stringValue()).orElse("");
  }

  private static Optional<String> constant(FieldModel field) {
    return (field.flags().flagsMask() & HIDDEN) == 0
        ? field
            .findAttribute(Attributes.constantValue())
            .map(each -> field.fieldName() + "=" + each.constant().constantValue())
        : Optional.empty();
  }

  private static Set<String> mentions(ClassModel model) {
    Set<String> mentions = new HashSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry type) {
        mentions.add(type.asInternalName());
      } else if (entry instanceof Utf8Entry text) {
        Matcher names = NAME.matcher(text.stringValue());
        while (names.find()) {
          mentions.add(names.group(1));
        }
      }
    }
    return mentions;
  }

  /** {@return the last part of its name, by which a source may name it} */
  static String simple(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('$')) + 1);
  }
}
