package io.brrtrouter.conformance.format;

import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.openapi.source.DocumentReader;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.ReadResult;
import java.nio.file.Path;

/** Reads documents of test data. */
final class Documents {
  private Documents() {}

  /** Reads YAML or JSON. */
  static LocatedDocument read(Path file) {
    return switch (DocumentReader.read(file, DocumentLimits.DEFAULT)) {
      case ReadResult.Sound sound -> sound.document();
      case ReadResult.Broken broken -> throw new AssertionError(broken.findings());
    };
  }
}
