package io.brrtrouter.security.keys;

import io.brrtrouter.security.jose.InvalidKeySetException;
import io.brrtrouter.security.jose.KeySet;
import io.brrtrouter.security.jose.KeyUse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    try (InputStream in = Files.newInputStream(file)) {
      return UrlLoader.keys(in.readNBytes(KeySet.MAX_OCTETS + 1), use, null, previous);
    } catch (NoSuchFileException missing) {
      throw new IOException("there is no such file", missing);
    } catch (AccessDeniedException forbidden) {
      throw new IOException("it may not be read", forbidden);
    }
  }

  @Override
  public String origin() {
    return file.toString();
  }
}
