package io.brrtrouter.security.keys;

import io.brrtrouter.security.jose.InvalidKeySetException;
import io.brrtrouter.security.jose.KeySet;
import io.brrtrouter.security.jose.KeyUse;
import io.brrtrouter.server.files.SmallFile;
import io.brrtrouter.server.files.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Loads the key set of a file. It is read each time: that costs less than knowing every way in
 * which a file is replaced, by renaming or by links that Kubernetes turns for example.
 *
 * @param file the file
 * @param use what its keys are for
 */
public record FileLoader(Path file, KeyUse use) implements KeyLoader {

  @Override
  public Keys load(@Nullable Keys previous) throws IOException, InvalidKeySetException {
    try {
      byte[] octets = new SmallFile(file, KeySet.MAX_OCTETS).octets();
      return UrlLoader.keys(octets, use, null, previous);
    } catch (UnreadableFileException unreadable) {
      throw new IOException(unreadable.reason(), unreadable);
    }
  }

  @Override
  public String origin() {
    return file.toString();
  }
}
