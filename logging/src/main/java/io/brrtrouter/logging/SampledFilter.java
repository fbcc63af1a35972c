package io.brrtrouter.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Keeps from an appender what sampling leaves out. Safe for use by many threads. */
final class SampledFilter extends Filter<ILoggingEvent> {
  private final Sampling sampling;

  SampledFilter(Sampling sampling) {
    this.sampling = sampling;
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return sampling.keeps(event.getLoggerName(), event.getLevel())
        ? FilterReply.NEUTRAL
        : FilterReply.DENY;
  }
}
