package io.brrtrouter.otel;

import io.brrtrouter.server.http.Headers;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace context from fields. Several of a name count as one with commas between (RFC 9110
 * section 5.3), so that two {@code traceparent} are none.
 */
enum HeadersGetter implements TextMapGetter<Headers> {
  INSTANCE;

  @Override
  public Iterable<String> keys(Headers headers) {
    List<String> names = new ArrayList<>();
    headers.forEach((name, _) -> names.add(name));
    return names;
  }

  @Override
  public @Nullable String get(@Nullable Headers headers, String name) {
    return headers == null ? null : headers.combined(name);
  }

  @Override
  public Iterator<String> getAll(@Nullable Headers headers, String name) {
    return headers == null ? List.<String>of().iterator() : headers.all(name).iterator();
  }
}
