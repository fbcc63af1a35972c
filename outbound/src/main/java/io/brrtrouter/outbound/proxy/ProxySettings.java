package io.brrtrouter.outbound.proxy;

import io.brrtrouter.server.service.ServiceSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is configured for a service, as it counts for each request. Immutable.
 *
 * @param name the name of the service
 * @param urls where it is, one at least
 * @param times how long what may take
 * @param retry when requests are sent again
 * @param fields which header fields are handed on
 * @param maxConnections most connections
 * @param maxOfClient most of them for one client
 * @param maxHeaderBytes most octets of the head of a response
 * @param checkedBytes most octets of a response that is collected
 * @param collectedBytes most octets of all that are collected at once
 */
record ProxySettings(
    String name,
    List<URI> urls,
    Times times,
    Retry retry,
    Fields fields,
    int maxConnections,
    int maxOfClient,
    int maxHeaderBytes,
    int checkedBytes,
    int collectedBytes) {

  /**
   * How long what may take; zero for any time, where that may be.
   *
   * @param connect a connection
   * @param response the beginning of a response
   * @param collecting a response that is collected, after which it is collected no further
   * @param idle a pause in a response
   * @param deadline all of it
   * @param connectionWait waiting for a connection that is free
   * @param keepAlive keeping one that nobody uses
   */
  record Times(
      Duration connect,
      Duration response,
      Duration collecting,
      Duration idle,
      Duration deadline,
      Duration connectionWait,
      Duration keepAlive) {}

  /**
   * When requests are sent again.
   *
   * @param times how often
   * @param onConnect whether because there was no connection
   * @param statuses because of which responses
   * @param backoff the longest wait before the second attempt
   */
  record Retry(int times, boolean onConnect, Set<Integer> statuses, Duration backoff) {}

  /**
   * Which header fields are handed on; names in small letters.
   *
   * @param credentials whether those that clients prove themselves with
   * @param setCookie whether cookies of the service
   * @param xForwarded whether {@code X-Forwarded-*} is written
   * @param forwarded whether {@code Forwarded} is written
   * @param onlyRequest the only ones of clients; all when empty
   * @param noRequest those of clients that are dropped
   * @param onlyResponse the only ones of the service; all when empty
   * @param noResponse those of the service that are dropped
   * @param credentialHeader the field of the credential of this server
   * @param credential that credential
   */
  record Fields(
      boolean credentials,
      boolean setCookie,
      boolean xForwarded,
      boolean forwarded,
      Set<String> onlyRequest,
      Set<String> noRequest,
      Set<String> onlyResponse,
      Set<String> noResponse,
      String credentialHeader,
      Optional<String> credential) {}

  /**
   * {@return what is configured}
   *
   * @param settings the settings
   * @param credential what this server proves itself with
   */
  static ProxySettings of(ServiceSettings settings, Optional<String> credential) {
    List<String> occasions = settings.get(ProxyKeys.RETRY_ON);
    Set<Integer> statuses = new HashSet<>();
    occasions.stream()
        .filter(each -> !each.equals("connect"))
        .forEach(each -> statuses.add(Integer.valueOf(each)));
    String forwarded = settings.get(ProxyKeys.FORWARDED);
    return new ProxySettings(
        settings.name(),
        settings.get(ProxyKeys.URL),
        new Times(
            settings.get(ProxyKeys.CONNECT_TIMEOUT),
            settings.get(ProxyKeys.RESPONSE_TIMEOUT),
            settings.get(ProxyKeys.COLLECT_TIMEOUT),
            settings.get(ProxyKeys.IDLE_TIMEOUT),
            settings.get(ProxyKeys.DEADLINE),
            settings.get(ProxyKeys.CONNECTION_WAIT),
            settings.get(ProxyKeys.KEEP_ALIVE)),
        new Retry(
            settings.get(ProxyKeys.RETRIES),
            occasions.contains("connect"),
            Set.copyOf(statuses),
            settings.get(ProxyKeys.RETRY_BACKOFF)),
        new Fields(
            settings.get(ProxyKeys.CREDENTIALS).equals("forward"),
            settings.get(ProxyKeys.SET_COOKIE).equals("forward"),
            forwarded.equals("x-forwarded") || forwarded.equals("both"),
            forwarded.equals("forwarded") || forwarded.equals("both"),
            lower(settings.get(ProxyKeys.REQUEST_HEADERS)),
            lower(settings.get(ProxyKeys.DROP_REQUEST_HEADERS)),
            lower(settings.get(ProxyKeys.RESPONSE_HEADERS)),
            lower(settings.get(ProxyKeys.DROP_RESPONSE_HEADERS)),
            settings.get(ProxyKeys.CREDENTIAL_HEADER),
            credential),
        settings.get(ProxyKeys.MAX_CONNECTIONS),
        maxOfClient(settings),
        settings.get(ProxyKeys.MAX_HEADER_BYTES),
        settings.get(ProxyKeys.CHECKED_BYTES),
        settings.get(ProxyKeys.COLLECTED_BYTES));
  }

  private static int maxOfClient(ServiceSettings settings) {
    int set = settings.get(ProxyKeys.CONNECTIONS_PER_CLIENT);
    return set == 0 ? Math.max(1, settings.get(ProxyKeys.MAX_CONNECTIONS) / 2) : set;
  }

  private static Set<String> lower(List<String> names) {
    Set<String> lower = new HashSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return Set.copyOf(lower);
  }
}
