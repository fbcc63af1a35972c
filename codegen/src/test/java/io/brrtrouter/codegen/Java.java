package io.brrtrouter.codegen;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What others think of generated files: the formatter and the compiler. */
final class Java {
  private static final Formatter FORMATTER = new Formatter();

  private Java() {}

  /** {@return files the formatter would change, each with the first line that differs} */
  static List<String> unformatted(List<SourceFile> files) {
    return files.parallelStream().map(Java::unformatted).filter(text -> !text.isEmpty()).toList();
  }

  private static String unformatted(SourceFile file) {
    try {
      String formatted = FORMATTER.formatSource(file.text());
      return formatted.equals(file.text()) ? "" : difference(file, formatted);
    } catch (FormatterException e) {
      return file.path() + ": " + e.getMessage();
    }
  }

  private static String difference(SourceFile file, String formatted) {
    List<String> ours = file.text().lines().toList();
    List<String> theirs = formatted.lines().toList();
    int i = 0;
    while (i < ours.size() && i < theirs.size() && ours.get(i).equals(theirs.get(i))) {
      i++;
    }
    return file.path()
        + ":"
        + (i + 1)
        + "\n  ours:   "
        + String.join(
            "\n          ", ours.subList(Math.min(i, ours.size()), Math.min(i + 3, ours.size())))
        + "\n  theirs: "
        + String.join(
            "\n          ",
            theirs.subList(Math.min(i, theirs.size()), Math.min(i + 3, theirs.size())));
  }

  /** {@return what the compiler says about files; empty when it is content} */
  static String compile(List<SourceFile> files) {
    return compile(files, name -> forgotten());
  }

  /** {@return the same, the classes handed to somebody by name} */
  static String compile(List<SourceFile> files, Function<String, JavaFileObject> outputs) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> sources = new ArrayList<>();
    files.forEach(file -> sources.add(new Source(file)));
    StringWriter out = new StringWriter();
    List<String> options =
        List.of(
            "--release",
            "25",
            "-Xlint:all,-classfile,-path",
            "-Werror",
            "-proc:none",
            "-implicit:none",
            "-XDshould-stop.ifError=FLOW");
    StandardJavaFileManager standard = compiler.getStandardFileManager(null, Locale.ROOT, null);
    try (JavaFileManager manager = new Outputs(standard, outputs)) {
      boolean done = compiler.getTask(out, manager, null, options, null, sources).call();
      return done && out.toString().isEmpty() ? "" : "not compiled:\n" + out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(SourceFile file) {
      super(URI.create("memory:///" + encoded(file.path())), Kind.SOURCE);
      this.text = file.text();
    }

    private static String encoded(String path) {
      return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE && getName().endsWith("/" + simpleName + ".java");
    }
  }

  /** {@return a class nobody needs} */
  static JavaFileObject forgotten() {
    return new Forgotten();
  }

  /** A class nobody needs. */
  private static final class Forgotten extends SimpleJavaFileObject {
    Forgotten() {
      super(URI.create("memory:///out"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return OutputStream.nullOutputStream();
    }
  }

  private static final class Outputs extends ForwardingJavaFileManager<JavaFileManager> {
    private final Function<String, JavaFileObject> outputs;

    Outputs(JavaFileManager manager, Function<String, JavaFileObject> outputs) {
      super(manager);
      this.outputs = outputs;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return outputs.apply(className);
    }
  }
}
