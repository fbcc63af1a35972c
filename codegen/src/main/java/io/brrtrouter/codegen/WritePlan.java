package io.brrtrouter.codegen;

import io.brrtrouter.codegen.print.FirstLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What writing a generation would do to a directory of sources. Making a plan writes nothing;
 * {@link #write} does what the plan says. Only files whose first line says that they were generated
 * from the same document are ever replaced or deleted.
 *
 * @param directory the directory of sources
 * @param steps one step per file, sorted by path
 */
public record WritePlan(Path directory, List<Step> steps) {

  /** What happens to a file. */
  public enum Action {
    /** It does not exist yet. */
    CREATE,
    /** It was generated before, with other content. */
    REPLACE,
    /** It has the content already. */
    KEEP,
    /** It was generated before, and is not any more. */
    DELETE,
    /**
     * A file of somebody else or of another document is in its place, or a link leads out of the
     * directory.
     */
    REFUSE
  }

  /**
   * One file.
   *
   * @param action what happens to it
   * @param path where it is, relative to the directory, with slashes
   * @param text its new content; empty when it is deleted or left alone
   */
  public record Step(Action action, String path, String text) {

    /** {@return the action in small letters and the path} */
    @Override
    public String toString() {
      return action.name().toLowerCase(Locale.ROOT) + " " + path;
    }
  }

  /** Copies the list. */
  public WritePlan {
    steps = List.copyOf(steps);
  }

  /**
   * Compares a generation with a directory.
   *
   * @param generation what was generated
   * @param directory the directory of sources; need not exist
   * @return the plan
   * @throws IOException when the directory cannot be read
   */
  public static WritePlan of(Generation generation, Path directory) throws IOException {
    Owner owner = new Owner(directory, FirstLine.printable(generation.model().document()));
    Map<String, SourceFile> wanted = new HashMap<>();
    generation.files().forEach(file -> wanted.put(file.path(), file));
    List<Step> steps = new ArrayList<>();
    for (SourceFile file : generation.files()) {
      Path place = directory.resolve(file.path());
      steps.add(
          link(directory, place).isPresent()
              ? new Step(Action.REFUSE, file.path(), "")
              : step(file, place, owner));
    }
    for (String each : generation.directories()) {
      for (String path : generated(directory, directory.resolve(each), owner)) {
        if (!wanted.containsKey(path)) {
          steps.add(new Step(Action.DELETE, path, ""));
        }
      }
    }
    steps.sort(Comparator.comparing(Step::path));
    return new WritePlan(directory, steps);
  }

  private static Step step(SourceFile file, Path place, Owner owner) throws IOException {
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return new Step(Action.CREATE, file.path(), file.text());
    }
    if (!owner.owns(place)) {
      return new Step(Action.REFUSE, file.path(), "");
    }
    boolean same =
        Arrays.equals(Files.readAllBytes(place), file.text().getBytes(StandardCharsets.UTF_8));
    return same
        ? new Step(Action.KEEP, file.path(), "")
        : new Step(Action.REPLACE, file.path(), file.text());
  }

  /** {@return the link that a place is behind: what is written there would be elsewhere} */
  static Optional<Path> link(Path directory, Path place) {
    Path each = directory;
    for (Path name : directory.relativize(place.resolveSibling(""))) {
      each = each.resolve(name);
      if (Files.isSymbolicLink(each)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** {@return what the first line of a file calls the document it was generated from} */
  static Optional<String> document(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String line = reader.readLine();
      return FirstLine.document(
          line == null
              ? ""
              : new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }
  }

  /**
   * The document whose files may be replaced and deleted.
   *
   * @param directory the directory of sources
   * @param document what the first line of its files calls it
   */
  private record Owner(Path directory, String document) {

    boolean owns(Path file) throws IOException {
      Optional<String> other = WritePlan.document(file);
      return other.isPresent() && (other.get().equals(document) || isMoved(other.get()));
    }

    /**
     * Whether it is this document that was elsewhere, or that this directory was elsewhere: the
     * file has the same name, and there is none where it was.
     */
    private boolean isMoved(String other) {
      if (!fileName(other).equals(fileName(document))) {
        return false;
      }
      try {
        return !Files.exists(directory.toAbsolutePath().resolve(other).normalize());
      } catch (InvalidPathException unprintable) {
        return false;
      }
    }

    private static String fileName(String path) {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** {@return the paths of files below one of the directories that the document's code is in} */
  private static List<String> generated(Path directory, Path below, Owner owner)
      throws IOException {
    List<String> paths = new ArrayList<>();
    if (Files.isDirectory(below) && link(directory, below.resolve("any")).isEmpty()) {
      Files.walkFileTree(
          below,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (file.toString().endsWith(".java") && owner.owns(file)) {
                paths.add(directory.relativize(file).toString().replace('\\', '/'));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return paths;
  }

  /**
   * {@return the steps of one action}
   *
   * @param action the action
   */
  public List<Step> steps(Action action) {
    return steps.stream().filter(step -> step.action() == action).toList();
  }

  /** {@return how many files are created, replaced, deleted and left as they are} */
  public String summary() {
    return "%d created, %d replaced, %d deleted, %d unchanged"
        .formatted(
            steps(Action.CREATE).size(),
            steps(Action.REPLACE).size(),
            steps(Action.DELETE).size(),
            steps(Action.KEEP).size());
  }

  /**
   * Does what the plan says: all of it, or nothing when a file of somebody else is in the way. Each
   * file is replaced as a whole; directories that deleting leaves empty go too.
   *
   * @throws NotWritten when a file cannot be written; those before it are whole
   * @throws IllegalStateException when a step is {@link Action#REFUSE}
   */
  public void write() throws NotWritten {
    List<Step> refused = steps(Action.REFUSE);
    if (!refused.isEmpty()) {
      throw new IllegalStateException(
          "of somebody else or another document, and in the way: "
              + String.join(", ", refused.stream().map(Step::path).toList())
              + "; move them, or generate into another directory");
    }
    for (Step step : steps) {
      Path place = directory.resolve(step.path());
      switch (step.action()) {
        case CREATE, REPLACE ->
            WholeFile.write(place, step.text().getBytes(StandardCharsets.UTF_8));
        case DELETE -> delete(place);
        case KEEP, REFUSE -> {}
      }
    }
  }

  private void delete(Path place) throws NotWritten {
    try {
      Files.deleteIfExists(place);
      Path parent = place.getParent();
      while (parent != null && !parent.equals(directory)) {
        Files.deleteIfExists(parent);
        parent = parent.getParent();
      }
    } catch (DirectoryNotEmptyException others) {
      // It stays, as do those around it.
    } catch (IOException failed) {
      throw new NotWritten(place, failed);
    }
  }

  /** {@return the steps, one line each} */
  @Override
  public String toString() {
    return String.join("\n", steps.stream().map(Step::toString).toList());
  }
}
