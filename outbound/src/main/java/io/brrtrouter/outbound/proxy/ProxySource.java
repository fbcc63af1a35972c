package io.brrtrouter.outbound.proxy;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.outbound.address.DotSegments;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.service.Service;
import io.brrtrouter.server.service.ServiceSettings;
import io.brrtrouter.server.service.ServiceSource;
import io.brrtrouter.server.service.UnusableServiceException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Makes services that requests are handed on to, of what is configured in {@code services}. */
public final class ProxySource implements ServiceSource {
  private static final List<ConfigKey<Optional<String>>> FILES =
      List.of(
          ProxyKeys.CREDENTIAL_FILE, ProxyKeys.CA_FILE, ProxyKeys.CERT_FILE, ProxyKeys.KEY_FILE);

  /** Larger files are not what they are named as. */
  private static final int MOST_OCTETS = 1 << 20;

  /** For {@link java.util.ServiceLoader}. */
  public ProxySource() {}

  @Override
  public List<ConfigKey<?>> keys() {
    return ProxyKeys.ALL;
  }

  /** Contents, so that certificates and credentials that were exchanged are taken by a reload. */
  @Override
  public Object substance(ServiceSettings settings) {
    List<Object> contents = new ArrayList<>();
    for (ConfigKey<Optional<String>> file : FILES) {
      contents.add(settings.get(file).map(ProxySource::content).orElse(""));
    }
    return contents;
  }

  private static String content(String file) {
    try {
      return read(file);
    } catch (IOException _) {
      return "";
    }
  }

  private static String read(String file) throws IOException {
    Path path = Path.of(file);
    if (Files.size(path) > MOST_OCTETS) {
      throw new IOException("is larger than 1 MiB");
    }
    return Files.readString(path);
  }

  @Override
  public Service service(ServiceSettings settings) throws UnusableServiceException {
    List<Finding> mistakes = new ArrayList<>();
    urls(settings, mistakes);
    Optional<String> credential = credential(settings, mistakes);
    SSLContext trust = trust(settings, mistakes);
    if (!mistakes.isEmpty()) {
      throw new UnusableServiceException(mistakes);
    }
    return new Upstream(
        ProxySettings.of(settings, credential),
        url -> Circuit.of(settings, url.getRawAuthority()),
        Objects.requireNonNull(trust));
  }

  private static void urls(ServiceSettings settings, List<Finding> mistakes) {
    List<URI> urls = settings.get(ProxyKeys.URL);
    if (urls.isEmpty()) {
      mistakes.add(
          settings.mistake(
              ProxyKeys.URL,
              "is missing",
              "set it to the address, http://catalog:8080 for example"));
    }
    for (URI url : urls) {
      String wrong = wrong(url);
      if (wrong != null) {
        mistakes.add(
            settings.mistake(
                ProxyKeys.URL,
                "has " + wrong,
                "write an http or https URL with a host, and at most a port and a path"));
      }
    }
  }

  /** Shows nothing of it: there may be a password in it. */
  private static @Nullable String wrong(URI url) {
    String scheme = url.getScheme();
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return "the scheme " + scheme;
    }
    if (url.getRawUserInfo() != null) {
      return "a user name or password in it";
    }
    if (url.getHost() == null) {
      return "no host";
    }
    if (url.getPort() > 65_535 || url.getPort() == 0) {
      return "the port " + url.getPort();
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      return "a query or a fragment";
    }
    return DotSegments.areIn(url.getRawPath()) ? "dot segments in its path" : null;
  }

  private static Optional<String> credential(ServiceSettings settings, List<Finding> mistakes) {
    Optional<String> written = settings.get(ProxyKeys.CREDENTIAL);
    Optional<String> file = settings.get(ProxyKeys.CREDENTIAL_FILE);
    if (written.isPresent() && file.isPresent()) {
      mistakes.add(
          settings.mistake(
              ProxyKeys.CREDENTIAL_FILE, "is one too many: credential is set too", "keep one"));
      return written;
    }
    if (file.isEmpty()) {
      return written;
    }
    String text = text(settings, ProxyKeys.CREDENTIAL_FILE, mistakes).map(String::strip).orElse("");
    if (mistakes.isEmpty() && (text.isEmpty() || !Headers.isValue(text))) {
      mistakes.add(
          settings.mistake(
              ProxyKeys.CREDENTIAL_FILE,
              "names a file that has no value of a header field",
              "write one line into it, Bearer and a token for example"));
    }
    return Optional.of(text);
  }

  private static Optional<String> text(
      ServiceSettings settings, ConfigKey<Optional<String>> key, List<Finding> mistakes) {
    Optional<String> file = settings.get(key);
    if (file.isEmpty()) {
      return file;
    }
    try {
      return Optional.of(read(file.get()));
    } catch (NoSuchFileException _) {
      mistakes.add(unreadable(settings, key, "is not there"));
    } catch (CharacterCodingException _) {
      mistakes.add(unreadable(settings, key, "is not UTF-8"));
    } catch (IOException failure) {
      mistakes.add(unreadable(settings, key, "cannot be read: " + failure.getMessage()));
    }
    return Optional.empty();
  }

  private static Finding unreadable(
      ServiceSettings settings, ConfigKey<Optional<String>> key, String why) {
    return settings.mistake(
        key,
        "names " + settings.get(key).orElse("") + ", which " + why,
        "name a file that this process may read");
  }

  private static @Nullable SSLContext trust(ServiceSettings settings, List<Finding> mistakes) {
    Optional<String> authorities = text(settings, ProxyKeys.CA_FILE, mistakes);
    Optional<String> chain = text(settings, ProxyKeys.CERT_FILE, mistakes);
    Optional<String> key = text(settings, ProxyKeys.KEY_FILE, mistakes);
    boolean certificate = settings.get(ProxyKeys.CERT_FILE).isPresent();
    if (certificate != settings.get(ProxyKeys.KEY_FILE).isPresent()) {
      mistakes.add(
          settings.mistake(
              certificate ? ProxyKeys.CERT_FILE : ProxyKeys.KEY_FILE,
              "is set without " + (certificate ? "client_key_file" : "client_cert_file"),
              "set both"));
    }
    if (!mistakes.isEmpty()) {
      return null;
    }
    try {
      return ClientTls.context(authorities, chain, key);
    } catch (ClientTls.UnusableException unusable) {
      mistakes.add(
          settings.mistake(
              switch (unusable.what()) {
                case AUTHORITIES -> ProxyKeys.CA_FILE;
                case CERTIFICATE -> ProxyKeys.CERT_FILE;
                case KEY -> ProxyKeys.KEY_FILE;
              },
              "names a file that " + unusable.getMessage(),
              "write it in PEM"));
      return null;
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalStateException("this JDK has no TLS", failure);
    }
  }

  @Override
  public List<Finding> warnings(ServiceSettings settings) {
    List<Finding> warnings = new ArrayList<>(settings.plainSecrets());
    boolean plain = settings.get(ProxyKeys.URL).stream().noneMatch(Upstream::isEncrypted);
    for (ConfigKey<Optional<String>> key : List.of(ProxyKeys.CA_FILE, ProxyKeys.CERT_FILE)) {
      if (plain && settings.get(key).isPresent()) {
        warnings.add(
            settings.warning(
                key, "does nothing: no URL of the service is https", "correct url, or remove it"));
      }
    }
    return warnings;
  }
}
