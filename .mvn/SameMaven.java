import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.plexus.classworlds.launcher.Launcher;

/**
 * Starts Maven in this JVM, offline and with the settings if the Maven that asks for it is so. The
 * arguments of a plugin are a fixed list, and Maven refuses settings that are not there.
 */
final class SameMaven {
  /**
   * Starts Maven.
   *
   * @param arguments {@code offline=}, {@code settings=} and {@code global-settings=} as the Maven
   *     that asks has them, then what is for Maven
   */
  public static void main(String[] arguments) {
    List<String> maven = new ArrayList<>();
    if (arguments[0].equals("offline=true")) {
      maven.add("--offline");
    }
    for (String settings : List.of(arguments[1], arguments[2])) {
      String[] option = settings.split("=", 2);
      if (Files.exists(Path.of(option[1]))) {
        maven.addAll(List.of("--" + option[0], option[1]));
      }
    }
    maven.addAll(List.of(arguments).subList(3, arguments.length));
    Launcher.main(maven.toArray(String[]::new));
  }
}
