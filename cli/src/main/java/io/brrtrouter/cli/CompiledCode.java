package io.brrtrouter.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/** Lets a compiler find classes in memory, and write more there. For one compilation. */
final class CompiledCode extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private final Map<String, byte[]> classes;
  private final Map<String, Content> written = new TreeMap<>();

  /**
   * Begins with nothing written.
   *
   * @param manager finds libraries and sources
   * @param classes what has been compiled before, by path in a jar
   */
  CompiledCode(StandardJavaFileManager manager, Map<String, byte[]> classes) {
    super(manager);
    this.classes = classes;
  }

  /** A file in memory. */
  private static final class Content extends SimpleJavaFileObject {
    private final String path;
    private byte[] bytes;

    Content(String path, Kind kind, byte[] bytes) {
      super(URI.create("memory:///" + path.replace(" ", "%20")), kind);
      this.path = path;
      this.bytes = bytes;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public OutputStream openOutputStream() {
      return new ByteArrayOutputStream() {
        @Override
        public void close() throws IOException {
          super.close();
          bytes = toByteArray();
        }
      };
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Override
  public Iterable<JavaFileObject> list(
      JavaFileManager.Location location,
      String packageName,
      Set<JavaFileObject.Kind> kinds,
      boolean recurse)
      throws IOException {
    List<JavaFileObject> found = new ArrayList<>();
    if (location == StandardLocation.CLASS_PATH && kinds.contains(JavaFileObject.Kind.CLASS)) {
      String prefix = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
      classes.forEach((path, bytes) -> {
        boolean known = path.endsWith(JavaFileObject.Kind.CLASS.extension);
        if (known
            && path.startsWith(prefix)
            && (recurse || path.indexOf('/', prefix.length()) < 0)) {
          found.add(new Content(path, JavaFileObject.Kind.CLASS, bytes));
        }
      });
    }
    super.list(location, packageName, kinds, recurse).forEach(found::add);
    return found;
  }

  @Override
  public String inferBinaryName(JavaFileManager.Location location, JavaFileObject file) {
    return file instanceof Content content
        ? content.path.substring(0, content.path.lastIndexOf('.')).replace('/', '.')
        : super.inferBinaryName(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return (a instanceof Content || b instanceof Content) ? a.equals(b) : super.isSameFile(a, b);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      JavaFileManager.Location location,
      String className,
      JavaFileObject.Kind kind,
      FileObject sibling) {
    return output(className.replace('.', '/') + kind.extension, kind);
  }

  @Override
  public FileObject getFileForOutput(
      JavaFileManager.Location location,
      String packageName,
      String relativeName,
      FileObject sibling) {
    String prefix = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
    return output(prefix + relativeName, JavaFileObject.Kind.OTHER);
  }

  private Content output(String path, JavaFileObject.Kind kind) {
    Content content = new Content(path, kind, new byte[0]);
    written.put(path, content);
    return content;
  }

  /** {@return what was written for the jar: classes, and other files of annotation processors} */
  Map<String, byte[]> written() {
    Map<String, byte[]> all = new TreeMap<>();
    written.forEach((path, content) -> {
      if (content.getKind() != JavaFileObject.Kind.SOURCE) {
        all.put(path, content.bytes);
      }
    });
    return all;
  }
}
