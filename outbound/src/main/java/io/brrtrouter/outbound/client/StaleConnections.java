package io.brrtrouter.outbound.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Sends a request once more where its connection had been used before and ends without an answer:
 * many receivers close connections that rest without a word, and that says nothing about the
 * request (RFC 9112 section 9.3.1). Everything else is for whoever keeps deliveries.
 */
final class StaleConnections implements HttpRequestRetryStrategy {
  @Override
  public boolean retryRequest(
      HttpRequest request, IOException failure, int attempts, HttpContext context) {
    EndpointDetails endpoint = HttpClientContext.cast(context).getEndpointDetails();
    return attempts == 1
        && endpoint != null
        && endpoint.getRequestCount() > 1
        && !(failure instanceof InterruptedIOException);
  }

  @Override
  public boolean retryRequest(HttpResponse response, int attempts, HttpContext context) {
    return false;
  }

  @Override
  public TimeValue getRetryInterval(HttpResponse response, int attempts, HttpContext context) {
    return TimeValue.ZERO_MILLISECONDS;
  }
}
