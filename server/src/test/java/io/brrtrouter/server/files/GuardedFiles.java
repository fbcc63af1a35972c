package io.brrtrouter.server.files;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Real files, of which some may not be read as if the permissions of POSIX said so: whoever runs
 * tests may be somebody whom no permission keeps out.
 */
public final class GuardedFiles {
  private final Set<Path> unsearchable = ConcurrentHashMap.newKeySet();
  private final Set<Path> unlistable = ConcurrentHashMap.newKeySet();
  private final Set<Path> unreadable = ConcurrentHashMap.newKeySet();
  private final FileSystem system = new System();

  /** {@return the same file with the permissions that are taken away here} */
  public Path of(Path real) {
    return (Path)
        Proxy.newProxyInstance(
            GuardedFiles.class.getClassLoader(), new Class<?>[] {Path.class}, new Guarded(real));
  }

  /** Takes {@code x} from a directory: its names are known, and nothing else about its files. */
  public void forbidSearching(Path directory) {
    unsearchable.add(directory);
  }

  /** Takes {@code r} from a directory: what its files are called is not known. */
  public void forbidListing(Path directory) {
    unlistable.add(directory);
  }

  /** Takes {@code r} from a file. */
  public void forbidReading(Path file) {
    unreadable.add(file);
  }

  /** Gives back everything. */
  public void allow() {
    unsearchable.clear();
    unlistable.clear();
    unreadable.clear();
  }

  private static Path real(Path guarded) {
    return ((Guarded) Proxy.getInvocationHandler(guarded)).real;
  }

  private Path searched(Path guarded) throws AccessDeniedException {
    Path real = real(guarded);
    if (unsearchable.contains(real.getParent())) {
      throw new AccessDeniedException(real.toString());
    }
    return real;
  }

  private static UnsupportedOperationException unneeded() {
    return new UnsupportedOperationException("no test needs it");
  }

  private final class Guarded implements InvocationHandler {
    private final Path real;

    Guarded(Path real) {
      this.real = real;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("getFileSystem")) {
        return system;
      }
      Object[] plain = arguments == null ? new Object[0] : arguments.clone();
      for (int i = 0; i < plain.length; i++) {
        if (plain[i] instanceof Path path && Proxy.isProxyClass(path.getClass())) {
          plain[i] = real(path);
        }
      }
      try {
        Object result = method.invoke(real, plain);
        return result instanceof Path path ? of(path) : result;
      } catch (InvocationTargetException failed) {
        throw failed.getCause();
      }
    }
  }

  private final class Provider extends FileSystemProvider {
    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
      Path real = searched(directory);
      if (unlistable.contains(real)) {
        throw new AccessDeniedException(real.toString());
      }
      DirectoryStream<Path> entries = Files.newDirectoryStream(real);
      return new DirectoryStream<>() {
        @Override
        public Iterator<Path> iterator() {
          Iterator<Path> each = entries.iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return each.hasNext();
            }

            @Override
            public Path next() {
              return of(each.next());
            }
          };
        }

        @Override
        public void close() throws IOException {
          entries.close();
        }
      };
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      return Files.readAttributes(searched(path), type, options);
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
      Path real = searched(path);
      real.getFileSystem().provider().checkAccess(real, modes);
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      Path real = searched(path);
      if (unreadable.contains(real)) {
        throw new AccessDeniedException(real.toString());
      }
      return Files.newByteChannel(real, options, attributes);
    }

    @Override
    public String getScheme() {
      return "guarded";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
      throw unneeded();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      throw unneeded();
    }

    @Override
    public Path getPath(URI uri) {
      throw unneeded();
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) {
      throw unneeded();
    }

    @Override
    public void delete(Path path) {
      throw unneeded();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
      throw unneeded();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) {
      throw unneeded();
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
      throw unneeded();
    }

    @Override
    public boolean isHidden(Path path) {
      throw unneeded();
    }

    @Override
    public FileStore getFileStore(Path path) {
      throw unneeded();
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      throw unneeded();
    }

    @Override
    public Map<String, Object> readAttributes(
        Path path, String attributes, LinkOption... options) {
      throw unneeded();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
      throw unneeded();
    }
  }

  private final class System extends FileSystem {
    private final FileSystemProvider provider = new Provider();

    @Override
    public FileSystemProvider provider() {
      return provider;
    }

    @Override
    public void close() {
      throw unneeded();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return true;
    }

    @Override
    public String getSeparator() {
      return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      throw unneeded();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      throw unneeded();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
      return of(Path.of(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      throw unneeded();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      throw unneeded();
    }

    @Override
    public WatchService newWatchService() {
      throw unneeded();
    }
  }
}
