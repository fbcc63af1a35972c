package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.HeadDecision.Work;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.TransportFailure;
import io.netty.channel.DefaultEventLoop;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of work that keeps an event loop, second by second. */
class LoopWatchTest {
  private final DefaultEventLoop eventLoop = new DefaultEventLoop();
  private final ConnectionLoop loop =
      new ConnectionLoop(eventLoop, new MemoryFailures(System::nanoTime));
  private final AtomicLong clock = new AtomicLong();
  private final LoopWatch watch = new LoopWatch(List.of(loop), clock::get);

  @AfterEach
  void end() {
    eventLoop.shutdownGracefully().syncUninterruptibly();
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      watch.run();
      clock.addAndGet(LoopWatch.STEP.toNanos());
    }
  }

  /** Work on the loop, during which something happens. */
  private record Lasting(String doing, Runnable meanwhile) implements Work {
    @Override
    public HttpResponse proceed(byte[] body) {
      meanwhile.run();
      return HttpResponse.of(204);
    }

    @Override
    public HttpResponse proceedOnLoop(byte[] body) {
      return proceed(body);
    }

    @Override
    public HttpResponse tooLarge(long declared) {
      return HttpResponse.of(413);
    }

    @Override
    public HttpResponse unreadable(TransportFailure failure) {
      return HttpResponse.of(400);
    }
  }

  private List<String> told(Work... works) {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.threads")) {
      for (Work work : works) {
        loop.proceed(work, new byte[0]);
      }
      pass(3);
      return log.about("LoopWatchTest").stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
  }

  @Test
  void work_that_does_not_end_is_told_of_ever_more_rarely() {
    assertThat(told(new Lasting("LoopWatchTest one", () -> pass(10))))
        .containsExactly(
            "LoopWatchTest one has held its event loop for 1 s; all connections of the loop wait for it",
            "LoopWatchTest one has held its event loop for 2 s; all connections of the loop wait for it",
            "LoopWatchTest one has held its event loop for 4 s; all connections of the loop wait for it",
            "LoopWatchTest one has held its event loop for 8 s; all connections of the loop wait for it");
  }

  /** A log that cannot be written, twice: what is told of that is not written either. */
  private static final class BrokenLog extends AppenderBase<ILoggingEvent> {
    private int left = 2;

    @Override
    public synchronized void doAppend(ILoggingEvent event) {
      if (left > 0) {
        left--;
        throw new IllegalStateException("thrown by a test");
      }
    }

    @Override
    protected void append(ILoggingEvent event) {}
  }

  @Test
  void a_log_that_throws_does_not_end_the_watch() {
    Logger logger = CapturedLog.logger("io.brrtrouter.server.threads");
    BrokenLog broken = new BrokenLog();
    logger.addAppender(broken);
    try {
      assertThat(told(new Lasting("LoopWatchTest four", () -> pass(3))))
          .contains(
              "LoopWatchTest four has held its event loop for 2 s; all connections of the loop wait for it");
    } finally {
      logger.detachAppender(broken);
    }
  }

  @Test
  void work_after_work_is_no_long_work() {
    Work work = new Lasting("LoopWatchTest two", () -> pass(1));
    Work other = new Lasting("LoopWatchTest three", () -> pass(1));
    assertThat(told(work, other, work, other)).isEmpty();
  }
}
