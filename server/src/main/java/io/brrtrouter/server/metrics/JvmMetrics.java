package io.brrtrouter.server.metrics;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;
import java.util.function.ToDoubleFunction;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * The figures of the process that tell whether it is well, under the names of the Prometheus
 * library for Java, and those of virtual threads, which that does not have.
 */
final class JvmMetrics {
  private static final long KIB = 1024;

  private JvmMetrics() {}

  /**
   * Adds the figures; each is asked for at a scrape and costs nothing in between. Not those of the
   * library that would be told of each collection: they stay for as long as the process.
   *
   * @param registry takes them
   */
  static void register(PrometheusRegistry registry) {
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
    JvmClassLoadingMetrics.builder().register(registry);
    JvmBufferPoolMetrics.builder().register(registry);
    JvmRuntimeInfoMetric.builder().register(registry);
    ProcessMetrics.builder().register(registry);
    VirtualThreadSchedulerMXBean scheduler =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    gauge(
        registry,
        scheduler,
        "jvm_virtual_threads_mounted",
        "Virtual threads that run; -1 where unknown.",
        VirtualThreadSchedulerMXBean::getMountedVirtualThreadCount);
    gauge(
        registry,
        scheduler,
        "jvm_virtual_threads_queued",
        "Virtual threads that could run and wait for a processor; -1 where unknown.",
        VirtualThreadSchedulerMXBean::getQueuedVirtualThreadCount);
    gauge(
        registry,
        scheduler,
        "jvm_virtual_thread_scheduler_parallelism",
        "How many virtual threads may run at once.",
        VirtualThreadSchedulerMXBean::getParallelism);
    gauge(
        registry,
        scheduler,
        "jvm_virtual_thread_scheduler_pool_size",
        "Platform threads that virtual threads run on; -1 where unknown.",
        VirtualThreadSchedulerMXBean::getPoolSize);
    double stack = maximumStack();
    GaugeWithCallback.builder()
        .name("jvm_thread_stack_max_bytes")
        .help("The most a thread's stack may take, virtual threads included, as -Xss has it.")
        .callback(callback -> callback.call(stack))
        .register(registry);
  }

  private static void gauge(
      PrometheusRegistry registry,
      VirtualThreadSchedulerMXBean scheduler,
      String name,
      String help,
      ToDoubleFunction<VirtualThreadSchedulerMXBean> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.applyAsDouble(scheduler)))
        .register(registry);
  }

  private static double maximumStack() {
    String kib =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("ThreadStackSize")
            .getValue();
    return (double) (Long.parseLong(kib) * KIB);
  }
}
