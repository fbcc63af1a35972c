package io.brrtrouter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Programs that stand in for others. */
final class Programs {
  private Programs() {}

  /** Makes shell scripts that can be run, by place. */
  static void write(Map<Path, String> scripts) throws IOException {
    Map<Path, Path> texts = new LinkedHashMap<>();
    for (Map.Entry<Path, String> script : scripts.entrySet()) {
      Path text = script.getKey().resolveSibling(script.getKey().getFileName() + ".text");
      Files.createDirectories(text.getParent());
      Files.writeString(text, "#!/bin/sh\n" + script.getValue());
      texts.put(script.getKey(), text);
    }
    copy(texts);
  }

  /**
   * Makes executable copies, by target. Another process does: a file that this one has ever had
   * open for writing may be open in a child of another test too, which keeps it from being run
   * ("Text file busy").
   */
  static void copy(Map<Path, Path> sources) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                "while [ $# -gt 0 ]; do cp \"$2\" \"$1\" && chmod 755 \"$1\" || exit; shift 2; done",
                "copy"));
    for (Map.Entry<Path, Path> each : sources.entrySet()) {
      Files.createDirectories(each.getKey().getParent());
      command.add(each.getKey().toString());
      command.add(each.getValue().toString());
    }
    try {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IOException("not copied: " + sources);
      }
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }
}
