package io.brrtrouter.security;

import io.brrtrouter.security.keys.Fetch;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link RemoteApiKeyProvider}, which needs a {@link #verifyUrl}. A value out of range is
 * refused by the method that takes it.
 */
public final class RemoteApiKeyProviderBuilder {
  private final Asking asking = new Asking();
  private @Nullable URI url;
  private String headerName = "X-API-Key";

  RemoteApiKeyProviderBuilder() {}

  /**
   * Sets who is asked about keys.
   *
   * @param url where: {@code https}, or {@code http} on this machine
   * @return this
   */
  public RemoteApiKeyProviderBuilder verifyUrl(URI url) {
    this.url = KeySettings.checkedUrl(Option.VERIFY_URL, url);
    return this;
  }

  /**
   * Sets the header field that a key is sent there in.
   *
   * @param name the field; {@code X-API-Key} unless set
   * @return this
   */
  public RemoteApiKeyProviderBuilder headerName(String name) {
    try {
      HttpRequest.newBuilder().header(name, "x");
    } catch (IllegalArgumentException _) {
      throw new MistakeException(
          Mistake.of(
              Option.HEADER_NAME,
              "= \"" + name + "\" is no header field that can be sent",
              "name another, X-API-Key for example"));
    }
    headerName = name;
    return this;
  }

  /**
   * Sets how long an answer may take; beyond it the request is answered with 503.
   *
   * @param timeout 50 milliseconds to 30 seconds; 500 milliseconds unless set
   * @return this
   */
  public RemoteApiKeyProviderBuilder timeout(Duration timeout) {
    asking.timeout(timeout);
    return this;
  }

  /**
   * Sets how long a good key is not asked about again.
   *
   * @param ttl 0, for not at all, to 1 day; 60 seconds unless set
   * @return this
   */
  public RemoteApiKeyProviderBuilder cacheTtl(Duration ttl) {
    asking.cacheTtl(ttl);
    return this;
  }

  /**
   * Sets how long a bad key is not asked about again.
   *
   * @param ttl 0, for not at all, to 1 day; 10 seconds unless set
   * @return this
   */
  public RemoteApiKeyProviderBuilder negativeCacheTtl(Duration ttl) {
    asking.negativeCacheTtl(ttl);
    return this;
  }

  /**
   * Sets how many good answers are kept, and as many bad ones beside them; those seldom used go
   * first, and a bad one drives out no good one.
   *
   * @param answers 0 to 1,000,000; 10,000 unless set
   * @return this
   */
  public RemoteApiKeyProviderBuilder cacheSize(int answers) {
    asking.cacheSize(answers);
    return this;
  }

  /**
   * Sets how long a key may be.
   *
   * @param characters 256 to 65,536; 8,192 unless set
   * @return this
   */
  public RemoteApiKeyProviderBuilder maxKeyBytes(int characters) {
    asking.longest("maxKeyBytes", characters);
    return this;
  }

  /**
   * Sets whom to trust when asking, instead of the authorities that the JDK knows.
   *
   * @param context with trust managers
   * @return this
   */
  public RemoteApiKeyProviderBuilder sslContext(SSLContext context) {
    asking.ssl(context);
    return this;
  }

  /**
   * Sets what tells the time.
   *
   * @param clock the system's unless set
   * @return this
   */
  public RemoteApiKeyProviderBuilder clock(InstantSource clock) {
    asking.clock(clock);
    return this;
  }

  /**
   * Builds the provider.
   *
   * @return the provider, to be closed
   * @throws IllegalArgumentException if nobody is to be asked
   */
  public RemoteApiKeyProvider build() {
    MistakeException.throwUnlessEmpty(mistakes());
    URI where = Objects.requireNonNull(url);
    Fetch fetch = asking.fetch();
    Verdicts verdicts = asking.verdicts(where, new RemoteApiKeyQuestion(where, headerName, fetch));
    return new RemoteApiKeyProvider(where, verdicts, asking.longest(), fetch);
  }

  /** {@return how somebody is asked} */
  Asking asking() {
    return asking;
  }

  /** {@return what is missing} */
  List<Mistake> mistakes() {
    return url == null
        ? List.of(Mistake.of(Option.VERIFY_URL, "is missing", "set it to who is asked about keys"))
        : List.of();
  }
}
