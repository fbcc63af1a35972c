package io.brrtrouter.security.keys;

import io.brrtrouter.security.jose.InvalidKeySetException;
import io.brrtrouter.security.jose.JoseLimits;
import io.brrtrouter.security.jose.KeySet;
import io.brrtrouter.security.jose.KeyUse;
import io.brrtrouter.server.files.SmallFile;
import io.brrtrouter.server.files.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the keys of a file. It is read each time: that costs less than knowing every way in which a
 * file is replaced, by renaming or by links that Kubernetes turns for example. A file that is gone
 * has no keys, so that deleting it ends what it granted.
 *
 * @param file the file
 * @param content what is in it
 * @param most octets that it may have
 */
public record FileLoader(Path file, Content content, int most) implements KeyLoader {
  private static final Logger LOG = LoggerFactory.getLogger(FileLoader.class);

  private static final Keys GONE = new Keys(KeySet.NONE, null, "");

  /** What a file has in it. */
  public interface Content {
    /**
     * {@return the keys that octets are, the previous ones where they are the same}
     *
     * @param octets the octets
     * @param previous what was read last, null at first
     * @throws InvalidKeySetException if they are none; the message says why, and holds no secret
     */
    Keys keys(byte[] octets, @Nullable Keys previous) throws InvalidKeySetException;
  }

  /**
   * {@return what loads a key set (RFC 7517 section 5)}
   *
   * @param file the file
   * @param use what its keys are for
   * @param limits bounds on the set
   */
  public static FileLoader ofSet(Path file, KeyUse use, JoseLimits limits) {
    return new FileLoader(
        file,
        (octets, previous) -> UrlLoader.keys(octets, use, limits, null, previous),
        limits.set());
  }

  @Override
  public Keys load(@Nullable Keys previous) throws IOException, InvalidKeySetException {
    try {
      Keys keys = content.keys(new SmallFile(file, most).octets(), previous);
      if (GONE.equals(previous)) {
        LOG.info("{} is there again, and so are its keys.", file);
      }
      return keys;
    } catch (UnreadableFileException unreadable) {
      if (unreadable.isMissing() && previous != null) {
        return gone(previous);
      }
      throw new IOException(unreadable.reason(), unreadable);
    }
  }

  private Keys gone(Keys previous) {
    if (!previous.equals(GONE)) {
      LOG.warn("{} is gone, and so are its keys: no token is accepted until it is back", file);
    }
    return GONE;
  }

  @Override
  public String origin() {
    return file.toString();
  }
}
