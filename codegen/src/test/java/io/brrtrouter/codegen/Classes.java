package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.schema.codec.JsonCodec;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.SimpleJavaFileObject;

/** Generated code, compiled in memory and loaded. */
final class Classes extends ClassLoader {
  private final Map<String, ByteArrayOutputStream> compiled = new HashMap<>();

  private Classes() {
    super(Classes.class.getClassLoader());
  }

  /** {@return the classes of files that compile without a warning} */
  static Classes of(List<SourceFile> files) {
    Classes classes = new Classes();
    assertThat(Java.compile(files, classes::output)).isEmpty();
    return classes;
  }

  private SimpleJavaFileObject output(String name) {
    return new SimpleJavaFileObject(
        URI.create("memory:///out"), javax.tools.JavaFileObject.Kind.CLASS) {
      @Override
      public OutputStream openOutputStream() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        compiled.put(name, out);
        return out;
      }
    };
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ByteArrayOutputStream out = compiled.get(name);
    if (out == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] bytes = out.toByteArray();
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** {@return the one instance of a generated codec} */
  @SuppressWarnings("unchecked") // what it reads is what it writes
  JsonCodec<Object> codec(ClassName name) {
    try {
      return (JsonCodec<Object>) loadClass(name.qualified()).getField("INSTANCE").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name.qualified(), e);
    }
  }
}
