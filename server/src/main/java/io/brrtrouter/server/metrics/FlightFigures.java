package io.brrtrouter.server.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;

/**
 * What only a flight recording tells of virtual threads. Costs what the recorder costs: some
 * megabytes, files in the directory for temporary ones, and a thread that reads them.
 */
final class FlightFigures implements AutoCloseable {
  private static final String PINNED = "jdk.VirtualThreadPinned";
  private static final String SAMPLE = "jdk.ExecutionSample";

  /** Often enough for a distribution, seldom enough not to be felt. */
  private static final Duration PERIOD = Duration.ofMillis(100);

  /** Frames: from a small handler to a recursion that is about to end badly. */
  private static final Scale FRAMES = new Scale(1, 2, -1, 20, 8, 16, 32, 64, 128, 256, 512, 1024);

  private final LongAdder pinned = new LongAdder();
  private final Distribution depth;
  private final RecordingStream recording = new RecordingStream();

  /**
   * Begins to record.
   *
   * @param registry takes the figures
   */
  FlightFigures(PrometheusRegistry registry) {
    CounterWithCallback.builder()
        .name("jvm_virtual_threads_pinned_total")
        .help("Times that a virtual thread kept its carrier for 20 ms or longer while it waited.")
        .callback(callback -> callback.call((double) pinned.sum()))
        .register(registry);
    Distributions depths =
        new Distributions(
            "jvm_virtual_thread_stack_depth_frames",
            "Depth of the stacks of virtual threads that ran when a sample was taken.",
            FRAMES);
    this.depth = depths.of();
    registry.register(depths);
    recording.setReuse(true);
    recording.setOrdered(false);
    recording.setMaxAge(Duration.ofMinutes(1));
    recording.enable(PINNED).withoutStackTrace();
    recording.enable(SAMPLE).withPeriod(PERIOD);
    recording.onEvent(PINNED, _ -> pinned.increment());
    recording.onEvent(SAMPLE, this::sampled);
    recording.startAsync();
  }

  private void sampled(RecordedEvent sample) {
    RecordedThread thread = sample.getThread("sampledThread");
    RecordedStackTrace stack = sample.getStackTrace();
    if (thread != null && thread.isVirtual() && stack != null) {
      depth.observe(stack.getFrames().size());
    }
  }

  @Override
  public void close() {
    recording.close();
  }
}
